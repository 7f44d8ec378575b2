import type { Entry, ServiceStandard, StageTerms, TariffLine } from '@garda/contracts';
import { calendar, catalogue, rows } from '../../test/catalogue';
import { citizen, importer, staff } from '../../test/facts';
import { monday } from '../../test/spec';
import { Catalogue } from '../shared/catalogue';
import { entryOf, pinTerms, stagesFrom } from './terms';

function standardOf(code: string): ServiceStandard {
  const found = catalogue.standard(code);
  if (found === undefined) throw new Error(`no standard ${code}`);
  return found;
}

describe('the door', () => {
  it.each([
    ['citizen', citizen],
    ['citizen', importer],
    ['village', staff('x', 'desa-a')],
    ['village', staff('x', 'kel-b')],
    ['district', staff('x', 'kec-01')],
    ['agency', staff('x', 'dpupr')],
    ['agency', staff('x', 'upkp2')],
    ['oversight', staff('x', 'inspektorat')],
  ] as const)('is %s for %j', (entry, actor) => expect(entryOf(actor, catalogue)).toBe(entry));
});

describe('the stages from the entry on', () => {
  const stage = (tier: StageTerms['tier'], kind: StageTerms['kind'] = 'condition'): StageTerms => ({
    ...{ tier, kind, time: '1wd' },
  });
  const need = [stage('village'), stage('agency')];
  const visit = [stage('village', 'assist'), stage('district'), stage('agency', 'assist'), stage('regency')];
  const card = standardOf('DK-01').stages;
  it.each<[string, readonly StageTerms[], Entry, readonly StageTerms['tier'][]]>([
    ['a citizen skips what only assists', card, 'citizen', ['agency']],
    ['a desk begins with its own', card, 'village', ['village', 'district', 'agency']],
    ['a desk skips what would have come before it', card, 'district', ['district', 'agency']],
    ['an agency begins with itself', card, 'agency', ['agency']],
    ['no condition is skipped by a citizen', need, 'citizen', ['village', 'agency']],
    ['nor by a desk', need, 'district', ['village', 'agency']],
    ['nor by a higher one', visit, 'oversight', ['district', 'agency', 'regency']],
    ['nor by what assists after it', visit, 'agency', ['district', 'agency', 'regency']],
    [
      'a reception has none and begins with the next',
      [stage('agency', 'assist'), stage('regency')],
      'village',
      ['agency', 'regency'],
    ],
  ])('%s', (_, stages, entry, tiers) =>
    expect(stagesFrom({ ...standardOf('DK-01'), stages: [...stages] }, entry).map(({ tier }) => tier)).toEqual(tiers),
  );
});

describe('the terms', () => {
  it('are those of the standard, by the newest policy', () => {
    const policies = [1, 3, 2].map((version) => ({ ...rows.policies[0], version })) as typeof rows.policies;
    const { requirements, product, owner, answerWithin, disputeWithin } = standardOf('DK-01');
    expect(pinTerms(standardOf('DK-01'), 'district', monday, new Catalogue({ ...rows, policies }))).toEqual({
      ...{ standard: 'DK-01', standardVersion: 1, kind: 'request', publicity: 'count', owner, requirements, product },
      stages: standardOf('DK-01').stages.slice(1),
      ...{ answerWithin, disputeWithin, calendar: calendar.version, policy: 3 },
    });
  });

  it('say for how long personal data are kept, where the standard does', () => {
    const pinned = (more: object) =>
      pinTerms({ ...standardOf('DK-01'), ...more }, 'citizen', monday, new Catalogue(rows)).retention;
    expect([pinned({ retention: '5y' }), pinned({})]).toEqual(['5y', undefined]);
  });

  it('are counted by the calendar of the day of receipt', () => {
    const next = { ...calendar, version: '2027.1', firstDay: '2027-01-01', lastDay: '2027-12-31' };
    const both = new Catalogue({ ...rows, calendars: [calendar, next] });
    const pinned = (receivedAt: string) => pinTerms(standardOf('DK-01'), 'citizen', receivedAt, both).calendar;
    // The last half hour of the year in Jakarta, and the first one.
    expect([pinned('2026-12-31T16:30:00.000Z'), pinned('2026-12-31T17:30:00.000Z')]).toEqual(['2026.1', '2027.1']);
  });

  it('have the lines of the tariff that are valid on the day of receipt', () => {
    const line = (more: Partial<TariffLine>): TariffLine => ({
      ...{ line: 'L', kind: 'retribusi', amount: 1, basis: 'x', payee: 'y', validFrom: '2026-01-01' },
      ...more,
    });
    const linesOf = (more: Partial<TariffLine>) => {
      const standard = { ...standardOf('LH-02'), tariff: [line(more), line({ line: 'other' })] };
      return pinTerms(standard, 'citizen', monday, catalogue).tariff?.map((one) => one.line);
    };
    for (const valid of [{}, { validFrom: '2026-02-02' }, { validUntil: '2026-02-02' }])
      expect(linesOf(valid)).toEqual(['L', 'other']);
    for (const invalid of [{ validFrom: '2026-02-03' }, { validUntil: '2026-02-01' }])
      expect(linesOf(invalid)).toEqual(['other']);
  });

  it('have no tariff where no line is valid', () => {
    for (const tariff of [[], undefined])
      expect(pinTerms({ ...standardOf('LH-02'), tariff }, 'citizen', monday, catalogue)).not.toHaveProperty('tariff');
  });
});
