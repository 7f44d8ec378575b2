import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadCatalogue } from '@garda/catalogue';
import type { CaseFile } from '../gateway';
import { differences } from './expectation';
import * as people from './people';
import { localMinute, seenOf } from './seen';
import { expectations } from './table';

const entry = (context: string, version: number, type: string) => ({
  context,
  version,
  type,
  at: '2026-03-02T01:00:00Z',
});
const file = (timeline: CaseFile['timeline']): CaseFile => ({
  caseId: 'c',
  number: 'N',
  standard: 'DS-02',
  status: 'closed',
  routing: { status: 'released', unit: 'desa-33.25.10.2007', past: [] },
  questions: [],
  ...{ shares: [], escalations: [], papers: [], products: [] },
  timeline,
});

describe('what was seen of a case', () => {
  it('is the facts by context in order of version, news counted, tellings apart', () => {
    const seen = seenOf(
      file([
        entry('intake', 4, 'CitizenNotified'),
        entry('intake', 2, 'CaseProgressNoted'),
        entry('resolution', 1, 'CaseKnown'),
        entry('intake', 1, 'CaseSubmitted'),
        entry('intake', 3, 'CaseProgressNoted'),
        entry('routing', 1, 'CaseEntered'),
        entry('resolution', 2, 'CitizenTold'),
        entry('intake', 5, 'CaseProgressNoted'),
      ]),
      { first: '2026-03-03 16:00', afterStop: '2026-03-03 16:00' },
    );
    expect(seen).toEqual({
      intake: 'CaseSubmitted, CaseProgressNoted×3',
      routing: 'CaseEntered',
      resolution: 'CaseKnown',
      told: '1',
      status: 'closed',
      unit: 'desa-33.25.10.2007',
      due: '2026-03-03 16:00',
    });
  });

  it('shows times as the clock on the wall of the office does', () => {
    expect(localMinute('2026-03-03T09:00:00Z', 'Asia/Jakarta')).toBe('2026-03-03 16:00');
    expect(localMinute(undefined, 'Asia/Jakarta')).toBe('');
  });
});

describe('an expectation', () => {
  const { intake, routing, resolution, told, status, unit, due } = expectations.letter;
  const right = { intake, routing, resolution, told, status, unit, due };

  it('agrees with the same, and with nothing else', () => {
    expect(differences(expectations.letter, right)).toEqual([]);
    for (const field of Object.keys(right) as (keyof typeof right)[])
      expect(differences(expectations.letter, { ...right, [field]: 'other' })).toEqual([
        { field, expected: right[field], seen: 'other' },
      ]);
  });

  it('sees a due date that moved though nothing should have moved it', () => {
    const moved = { ...right, dueAfterStop: '2026-03-05 16:00' };
    expect(differences(expectations.letter, moved)).toEqual([
      { field: 'dueAfterStop', expected: '', seen: '2026-03-05 16:00' },
    ]);
  });
});

it('the persons of the story are persons of the catalogue', () => {
  const folder = resolve(__dirname, '../../../../catalogue/batang');
  expect(existsSync(folder)).toBe(true);
  const ids = loadCatalogue(folder).staff.map(({ id }) => id);
  const named = Object.values(people).flatMap((one) => ('person' in one ? [one.person] : []));
  expect(named).not.toHaveLength(0);
  for (const person of named) expect(ids).toContain(person);
});
