import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadCatalogue } from './load';
import { CatalogueInvalidError } from './problems';

const batang = resolve(__dirname, '../../../catalogue/batang');
const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true })));

/** The shipped folder with these endings below its units. */
function folderWith(endings: readonly (readonly [unit: string, successor: string, on?: string])[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'garda-endings-'));
  made.push(folder);
  cpSync(batang, folder, { recursive: true });
  const lines = endings.map(
    ([unit, successor, on = '2026-03-02']) => `  - { unit: ${unit}, successor: ${successor}, on: '${on}' }`,
  );
  appendFileSync(join(folder, 'units.yaml'), `endings:\n${lines.join('\n')}\n`);
  return folder;
}

/** `code` and line of each mistake, counted from the line of the first ending. */
function wrongIn(folder: string): readonly (readonly [code: string, ending: number])[] {
  const first = readFileSync(join(folder, 'units.yaml'), 'utf8').split('\nendings:')[0]?.split('\n').length ?? 0;
  try {
    loadCatalogue(folder);
    return [];
  } catch (error) {
    if (!(error instanceof CatalogueInvalidError)) throw error;
    return error.problems.map(({ code, line }) => [code, line - first - 2]);
  }
}

describe('units that end', () => {
  it('are kept apart from what they were: the unit stays as it is', () => {
    const folder = folderWith([['dprkp', 'dpupr']]);
    const units = join(folder, 'units.yaml');
    const text = readFileSync(units, 'utf8').replace(
      'building_approval]',
      'building_approval, housing, unfit_houses, settlement_drains]',
    );
    writeFileSync(units, text);
    const { bundle } = loadCatalogue(folder);
    expect(bundle.endings).toEqual([{ unit: 'dprkp', successor: 'dpupr', on: '2026-03-02' }]);
    expect(bundle.units.find(({ code }) => code === 'dprkp')?.functions).toContain('housing');
    expect(loadCatalogue(batang).bundle.endings).toEqual([]);
  });

  it('also where they were made from area codes', () => {
    const village = 'desa-33.25.10.2007';
    expect(wrongIn(folderWith([[village, 'desa-33.25.10.2004']]))).toEqual([]);
    expect(wrongIn(folderWith([[village, 'nowhere']]))).toEqual([['UNIT_UNKNOWN', 0]]);
    expect(wrongIn(folderWith([['desa-33.25.10.9999', village]]))).toEqual([['UNIT_UNKNOWN', 0]]);
  });

  it('have a successor of the regency who was there on that day, so that nobody succeeds himself', () => {
    const [a, b, c] = ['desa-33.25.10.2004', 'desa-33.25.10.2007', 'desa-33.25.10.2005'];
    expect(wrongIn(folderWith([[a, a]]))).toEqual([['SUCCESSOR_UNFIT', 0]]);
    expect(wrongIn(folderWith([[a, 'x-bptd']]))).toEqual([['SUCCESSOR_UNFIT', 0]]);
    const circle = folderWith([
      [a, b],
      [b, a],
    ]);
    expect(wrongIn(circle)).toEqual([
      ['SUCCESSOR_UNFIT', 0],
      ['SUCCESSOR_UNFIT', 1],
    ]);
    const later = folderWith([
      [a, b, '2026-03-02'],
      [b, c, '2026-04-01'],
    ]);
    expect(wrongIn(later)).toEqual([]);
    const twice = folderWith([
      [a, b],
      [a, c],
    ]);
    expect(wrongIn(twice)).toEqual([['CODE_REPEATED', 1]]);
  });

  it('leave no function and no kind behind that the rules ask for', () => {
    const codes = (unit: string, successor: string) => wrongIn(folderWith([[unit, successor]])).map(([code]) => code);
    const lost = codes('inspektorat', 'setda');
    expect([...new Set(lost)].sort()).toEqual(['FUNCTION_LOST', 'KIND_LOST']);
    expect(codes('dprkp', 'dpupr')).toEqual(['FUNCTION_LOST', 'FUNCTION_LOST', 'FUNCTION_LOST']);
  });
});
