import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { catalogueBundle, staffCommands } from '@garda/contracts';
import { loadCatalogue } from './load';
import { CatalogueInvalidError, describeProblem, type CatalogueProblem } from './problems';
import { loadRoles, roles } from './roles';

const shipped = resolve(__dirname, '../../../catalogue');
const batang = join(shipped, 'batang');
const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true })));

/** The shipped folder with one text exchanged in one file; the text must be there, or the spec proves nothing. */
function folderWith(file: string, old: string, fresh: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'garda-catalogue-'));
  made.push(folder);
  cpSync(batang, folder, { recursive: true });
  const text = readFileSync(join(folder, file), 'utf8');
  if (!text.includes(old)) throw new Error(`${file} has no "${old}"`);
  writeFileSync(join(folder, file), text.replace(old, fresh));
  return folder;
}

function problemsOf(folder: string): readonly CatalogueProblem[] {
  try {
    loadCatalogue(folder);
  } catch (error) {
    if (error instanceof CatalogueInvalidError) return error.problems;
    throw error;
  }
  throw new Error('nothing was wrong');
}

/** Line and column of a text in the file as it now is. */
function placeOf(folder: string, file: string, text: string): { line: number; column: number } {
  const before = readFileSync(join(folder, file), 'utf8').split(text)[0] ?? '';
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

describe('the shipped catalogues', () => {
  const catalogue = loadCatalogue(batang);

  it('keep the shape that is published', () => {
    expect(catalogueBundle.parse(catalogue.bundle)).toEqual(catalogue.bundle);
    const chicago = loadCatalogue(join(shipped, 'chicago'));
    expect(catalogueBundle.parse(chicago.bundle)).toEqual(chicago.bundle);
    expect(chicago.notes?.['closed']).toEqual({ commands: ['resolve'], outcome: 'remedied' });
  });

  it('make 15 districts, 239 desa and 9 kelurahan from the area codes, each under its district', () => {
    const of = (prefix: string) => catalogue.bundle.units.filter((unit) => unit.code.startsWith(prefix));
    expect([of('kec-').length, of('desa-').length, of('kel-').length]).toEqual([15, 239, 9]);
    expect(of('desa-33.25.10.2007')).toEqual([
      expect.objectContaining({
        name: 'Desa Tulis',
        parent: 'kec-33.25.10',
        area: '33.25.10.2007',
        oversight: 'guidance',
      }),
    ]);
    expect(of('kel-').every((unit) => unit.parent === 'kec-33.25.11' && unit.oversight === 'line')).toBe(true);
  });

  it('publish what has its rules, and keep the rest as concepts', () => {
    const published = catalogue.bundle.standards.filter((s) => s.status === 'published').map((s) => s.code);
    expect(published).toEqual(
      'DS-01 DS-02 DS-03 DK-01 DK-02 DK-03 KC-01 PU-01 HB-01 LH-01 AM-01 UM-01 UM-02 UM-03 UM-04 LV-01'.split(' '),
    );
    expect(catalogue.bundle.standards).toHaveLength(20);
  });

  it('have a person for every role', () => {
    expect(new Set(catalogue.staff.flatMap((person) => person.roles))).toEqual(new Set(roles));
  });

  it('give a right for every command that staff can send', () => {
    const { verbs, codeHolderOrConfirmedMandate } = loadRoles(batang);
    const given = [...Object.keys(verbs), ...codeHolderOrConfirmedMandate];
    for (const { verb } of Object.values(staffCommands)) expect(given).toContain(verb);
    expect(verbs['case.read']?.district_head).toBe('b');
    expect(verbs['clock.move']?.operator).toBe('a');
  });
});

/** A tariff of one line, with what is to be missing left out. */
function tariff(without: { amount?: ''; payee?: ''; basis?: ''; validFrom?: '' } = {}): string {
  const line = {
    amount: '1000',
    basis: 'Perda 1/2026',
    payee: 'regional_treasury',
    validFrom: "'2026-01-01'",
    ...without,
  };
  const members = Object.entries(line).filter(([, value]) => value !== '');
  const rest = members.map(([name, value]) => `        ${name}: ${value}`).join('\n');
  return `    tariff:\n      - line: X-1\n        kind: retribusi\n${rest}`;
}

const mistakes: readonly [code: string, file: string, old: string, fresh: string, at: string][] = [
  ['YAML_INVALID', 'policy.yaml', 'version: 2', 'version: [2', 'rules:'],
  ['SHAPE_INVALID', 'standards.yaml', 'publicity: place', 'publicity: everywhere', 'publicity: everywhere'],
  ['FIELD_UNKNOWN', 'standards.yaml', 'requirements: [surat desa', 'requirments: [surat desa', 'requirments'],
  ['CODE_REPEATED', 'standards.yaml', 'code: DS-02', 'code: DS-01 ', 'code: DS-01 '],
  ['FUNCTION_UNKNOWN', 'standards.yaml', 'owner: waste', 'owner: rubbish', 'owner: rubbish'],
  ['FUNCTION_SHARED', 'units.yaml', 'functions: [health_centres]', 'functions: [waste]', ''],
  [
    'TIER_WITHOUT_UNIT',
    'standards.yaml',
    'tier: agency, kind: condition, time: 14wd',
    'tier: regency, kind: condition, time: 14wd',
    'tier: regency, kind: condition, time: 14wd',
  ],
  ['TIME_INVALID', 'standards.yaml', 'time: 30min', 'time: 0min', 'time: 0min'],
  ['DECREE_MISSING', 'standards.yaml', '  - code: KC-01', "  - decree: ''\n    code: KC-01", "decree: ''"],
  ['VALUES_MISSING', 'standards.yaml', 'values: *road_classes', 'values: []', 'values: []'],
  [
    'ORDER_REPEATED',
    'standards.yaml',
    'code: since, datatype: string, required: false, order: 3',
    'code: since, datatype: string, required: false, order: 1',
    '',
  ],
  [
    'ENTRY_WITHOUT_STAGE',
    'standards.yaml',
    'tier: district, kind: condition, time: 30min',
    'tier: district, kind: assist, time: 30min',
    'stages: [{ tier: district, kind: assist',
  ],
  [
    'UNIT_UNKNOWN',
    'units.yaml',
    'name: Dinas Sosial\n    tier: agency\n    parent: setda',
    'name: Dinas Sosial\n    tier: agency\n    parent: setdo',
    'parent: setdo',
  ],
  ['AREA_UNKNOWN', 'units.yaml', "regency: '33.25'", "regency: '99.99'", "regency: '99.99'"],
  ['STANDARD_UNKNOWN', 'policy.yaml', 'standard: UM-05', 'standard: UM-50', 'standard: UM-50'],
  ['ATTRIBUTE_UNKNOWN', 'policy.yaml', 'road_class: national', 'road_kind: national', 'road_kind: national'],
  ['VALUE_UNKNOWN', 'policy.yaml', 'road_class: national', 'road_class: motorway', 'road_class: motorway'],
  ['UNIT_UNKNOWN', 'policy.yaml', 'refer: x-bptd', 'refer: dishub', 'refer: dishub'],
  ['UNIT_UNKNOWN', 'policy.yaml', '[{ function: disputes }', '[x-nobody, { function: disputes }', ''],
  ['STAND_IN_MISSING', 'policy.yaml', 'oversight: secretariat', 'oversight: x-ombudsman', 'oversight: x-ombudsman'],
  ['STAND_IN_MISSING', 'policy.yaml', '{ oversight: secretariat, ', '{ ', 'conflict: { secretariat'],
  ['FUNCTION_UNKNOWN', 'policy.yaml', '[{ function: disputes }', '[{ function: quarrels }', ''],
  ['CALENDAR_TOO_SHORT', 'standards.yaml', "validFrom: '2026-01-01'", "validFrom: '2028-01-01'", ''],
  ['CALENDAR_DAY_OUTSIDE', 'calendar.yaml', "date: '2027-12-25'", "date: '2028-12-25'", "date: '2028-12-25'"],
  ['TIME_INVALID', 'calendar.yaml', "to: '14:30'", "to: '07:00'", ''],
  ['ROLE_UNKNOWN', 'staff.demo.yaml', 'roles: [secretary]', 'roles: [minister]', 'roles: [minister]'],
  ['UNIT_UNKNOWN', 'staff.demo.yaml', 'unit: dlh', 'unit: dhl', 'unit: dhl'],
  ['ROW_LENGTH', 'roles.yaml', '[u, u, u, b, u, b, a, a, a, a, n]', '[u, u, u, b, u, b, a, a, a, a]', 'case.read'],
  ['VERB_UNKNOWN', 'roles.yaml', 'open311: [case.file]', 'open311: [case.fill]', 'case.fill'],
  ['FEE_NOT_ALLOWED', 'standards.yaml', 'product: file', `product: village_letter\n${tariff()}`, 'line: X-1'],
  ['FEE_NOT_ALLOWED', 'standards.yaml', 'product: file', `product: population_document\n${tariff()}`, 'line: X-1'],
  [
    'AMOUNT_MISSING',
    'standards.yaml',
    'product: district_letter',
    `product: file\n${tariff({ amount: '' })}`,
    'line: X-1',
  ],
  ['SHAPE_INVALID', 'standards.yaml', 'product: file', `product: file\n${tariff({ payee: '' })}`, ''],
  ['SHAPE_INVALID', 'standards.yaml', 'product: file', `product: file\n${tariff({ basis: '' })}`, ''],
  ['SHAPE_INVALID', 'standards.yaml', 'product: file', `product: file\n${tariff({ validFrom: '' })}`, ''],
];

it('a tariff line with amount, basis, payee and validity is taken as it is; a penalty is no fee of a document', () => {
  const folder = folderWith('standards.yaml', 'product: district_letter', `product: district_letter\n${tariff()}`);
  const { standards } = loadCatalogue(folder).bundle;
  expect(standards.find(({ code }) => code === 'KC-01')?.tariff).toEqual([
    {
      line: 'X-1',
      kind: 'retribusi',
      amount: 1000,
      basis: 'Perda 1/2026',
      payee: 'regional_treasury',
      validFrom: '2026-01-01',
    },
  ]);
});

describe('a mistake in a file', () => {
  it.each(mistakes)('%s in %s ("%s" → "%s") is told with its place and a hint', (code, file, old, fresh, at) => {
    const folder = folderWith(file, old, fresh);
    const found = problemsOf(folder).filter((problem) => problem.code === code);
    expect(found).not.toHaveLength(0);
    if (at !== '') expect(found).toContainEqual(expect.objectContaining(placeOf(folder, file, at)));
    for (const problem of found) expect(describeProblem(problem)).toMatch(/^[^:]+\.yaml:\d+:\d+ [A-Z_]+ .+ \(.+\)$/);
  });

  it('that is a missing file is told as such', () => {
    const folder = folderWith('policy.yaml', 'version: 2', 'version: 2');
    rmSync(join(folder, 'policy.yaml'));
    expect(problemsOf(folder)).toContainEqual(expect.objectContaining({ code: 'FILE_MISSING', line: 1, column: 1 }));
  });

  it('does not hide the next one', () => {
    const folder = folderWith('standards.yaml', 'owner: waste', 'owner: rubbish');
    const roles = readFileSync(join(folder, 'roles.yaml'), 'utf8');
    writeFileSync(join(folder, 'roles.yaml'), roles.replace('open311: [case.file]', 'open311: [case.fill]'));
    expect(problemsOf(folder).map((problem) => problem.code)).toEqual(['FUNCTION_UNKNOWN', 'VERB_UNKNOWN']);
  });

  it('in roles.yaml alone stops loadRoles', () => {
    expect(() => loadRoles(folderWith('roles.yaml', 'open311: [case.file]', 'open311: [case.fill]'))).toThrow(
      'VERB_UNKNOWN',
    );
  });
});
