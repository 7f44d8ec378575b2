import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadCatalogue } from '@garda/catalogue';
import { checkout, importFile } from '@garda/servers';
import { planOf } from './plan';
import { readRecords } from './records';

/** Another city's records, read from where they lie beside the checkout; they are no part of the project. */
const file = process.env['GARDA_IMPORT_FILE'] ?? resolve(checkout, '../shared/data/chicago-open311-2014.json');
const isThere = existsSync(file);
if (!isThere)
  console.warn(`Skipped: the import of real records, since ${file} is not there (GARDA_IMPORT_FILE names it).`);
const whenThere = isThere ? describe : describe.skip;

whenThere('Chicago’s records', () => {
  const catalogue = join(checkout, 'catalogue', 'chicago');

  it('can all be expressed by the catalogue of the city', () => {
    const { bundle, notes } = loadCatalogue(catalogue);
    const records = readRecords(file);
    const plan = planOf(records, notes ?? {}, new Set(bundle.standards.map(({ code }) => code)));
    expect(plan.unexpressed).toEqual([]);
    const count = (kind: string) => plan.steps.filter((step) => step.kind === kind).length;
    expect([count('file'), count('note')]).toEqual([50, 276]);
  });

  it('are shown by Open311 as they were, every one', async () => {
    expect(await importFile([file, '--catalogue', catalogue, '--json'], checkout)).toBe(0);
  }, 600_000);
});
