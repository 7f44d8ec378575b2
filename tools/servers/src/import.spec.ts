import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { importFile } from './commands/fresh';
import { checkout } from './folders';

/** Another city's cases lie beside the checkout where they may be used, and are never copied into it. */
const cases = resolve(checkout, '..', 'shared', 'data', 'chicago-open311-2014.json');
const catalogue = join(checkout, 'catalogue', 'chicago');
const whenThere = existsSync(cases) ? it : it.skip;
if (!existsSync(cases)) {
  console.warn(`Skipped: there are no cases of Chicago to import (${cases}).`);
}

describe('the import of another city', () => {
  const written: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'garda-import-'));
  beforeEach(() => {
    written.length = 0;
    const hear = (text: unknown): boolean => written.push(String(text)) > 0;
    jest.spyOn(process.stdout, 'write').mockImplementation(hear);
    jest.spyOn(console, 'error').mockImplementation((text: unknown) => void hear(text));
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => rmSync(folder, { recursive: true }));

  whenThere(
    'shows every case over Open311 as its city did',
    async () => {
      const code = await importFile([cases, '--catalogue', catalogue, '--json'], checkout);
      const summary = JSON.parse(written.join('').trimEnd().split('\n').at(-1) ?? '') as object;
      expect(summary).toMatchObject({ cases: 50, mismatches: 0 });
      expect(code).toBe(0);
    },
    400_000,
  );

  it('says how it is used, and that a file is not there', async () => {
    expect(await importFile([], folder)).toBe(2);
    expect(await importFile(['cases.json'], folder)).toBe(2);
    expect(written.join('\n')).toMatch(/Usage: npm run import/);
    expect(await importFile(['cases.json', '--catalogue', catalogue], folder)).toBe(2);
    expect(written.at(-1)).toMatch(/There is no file/);
  });

  it('refuses a file without times before anything is started', async () => {
    writeFileSync(join(folder, 'empty.json'), '[]');
    await expect(importFile(['empty.json', '--catalogue', catalogue], folder)).rejects.toThrow(/holds no times/);
  });
});
