import fc from 'fast-check';
import { calendar } from '../../test/catalogue';
import { wrongIn } from '../../test/reckoned';
import { monday } from '../../test/spec';
import { dueAt, iso, ms } from './deadline';
import { dueOfReckoning, explain, toldExplained, type ReckonedStop, type Reckoning } from './explained';

const stage = (time: string, index = 0) => ({ time, why: 'stage' as const, stage: index });
const reckoning = (more: Partial<Reckoning> = {}): Reckoning => ({
  ...{ from: monday, why: 'recorded', terms: [stage('5wd')], stops: [], away: [] },
  ...more,
});
const off = (date: string) => ({ date, why: 'weekend', name: null });
const end = (day: string) => `2026-${day}T09:00:00.000Z`;

describe('a due date explains itself', () => {
  it('by its start, each term and the days off on its way', () =>
    expect(explain(calendar, reckoning({ terms: [stage('2wd'), stage('3wd', 1)] }))).toEqual({
      dueAt: end('02-09'),
      provisional: false,
      steps: [
        { what: 'start', why: 'recorded', at: monday },
        {
          ...{ what: 'term', time: '2wd', why: 'stage', stage: 0, adds: { unit: 'wd', count: 2 } },
          ...{ daysOff: [], hours: [], at: end('02-04') },
        },
        {
          ...{ what: 'term', time: '3wd', why: 'stage', stage: 1, adds: { unit: 'wd', count: 3 } },
          ...{ daysOff: [off('2026-02-07'), off('2026-02-08')], hours: [], at: end('02-09') },
        },
      ],
    }));

  it('names a holiday as the calendar does, also one on a weekend, and the day off on which it began', () => {
    const feast = { date: '2026-03-21', name: 'Idul Fitri', kind: 'national' as const, source: 'invented' };
    const leave = { date: '2026-03-23', name: 'Cuti bersama', kind: 'joint' as const, source: 'invented' };
    const more = { ...calendar, daysOff: [...calendar.daysOff, feast, leave] };
    const { steps } = explain(more, reckoning({ from: '2026-03-20T02:00:00.000Z', terms: [stage('1wd')] }));
    expect(steps.at(-1)).toMatchObject({
      at: end('03-24'),
      daysOff: [
        { date: '2026-03-20', why: 'national', name: '2026-03-20' },
        { date: '2026-03-21', why: 'national', name: 'Idul Fitri' },
        off('2026-03-22'),
        { date: '2026-03-23', why: 'joint', name: 'Cuti bersama' },
      ],
    });
  });

  it('by the office hours that were counted, where minutes or hours are promised', () => {
    const { steps } = explain(calendar, reckoning({ from: '2026-02-02T04:30:00.000Z', terms: [stage('1h')] }));
    expect(steps.at(-1)).toMatchObject({
      adds: { unit: 'min', count: 60 },
      hours: [
        { from: '2026-02-02T04:30:00.000Z', to: '2026-02-02T05:00:00.000Z' },
        { from: '2026-02-02T06:00:00.000Z', to: '2026-02-02T06:30:00.000Z' },
      ],
    });
  });

  it('of calendar days passes over those off at their end alone', () => {
    const { steps } = explain(calendar, reckoning({ terms: [stage('12d')] })); // over one weekend, to a Saturday
    expect(steps.at(-1)).toMatchObject({ daysOff: [off('2026-02-14'), off('2026-02-15')], at: end('02-16') });
  });

  it('by each stop: from when, until when, why, and what it adds', () => {
    const stop = { at: '2026-02-03T03:00:00.000Z', until: '2026-02-05T03:00:00.000Z', why: 'question' as const };
    const over = { at: '2026-02-04T03:00:00.000Z', until: '2026-02-06T03:00:00.000Z', why: 'fee' as const };
    const late = { at: '2026-03-04T03:00:00.000Z', until: '2026-03-06T03:00:00.000Z', why: 'fee' as const };
    const { steps, dueAt: due } = explain(calendar, reckoning({ stops: [stop, over, late] }));
    expect(steps.slice(2)).toMatchObject([
      { what: 'stop', why: ['question'], from: stop.at, until: stop.until, open: false, capped: false },
      { what: 'stop', why: ['fee'], from: stop.until, until: over.until, adds: { unit: 'wd', count: 1 } },
    ]);
    expect(due).toBe(end('02-12'));
  });

  it('of a stop that lasts says its limit, and that it is not over', () => {
    const stop = { at: '2026-02-03T03:00:00.000Z', until: null, why: 'question' as const };
    expect(explain(calendar, reckoning({ stops: [stop] })).steps.at(-1)).toMatchObject({
      ...{ open: true, capped: true, until: '2026-03-05T03:00:00.000Z' },
    });
  });

  it('of a promise in minutes counts a stop by its office minutes', () => {
    const stop = { at: '2026-02-02T01:10:00.000Z', until: '2026-02-02T02:10:00.000Z', why: 'question' as const };
    expect(explain(calendar, reckoning({ terms: [stage('30min')], stops: [stop] })).steps.at(-1)).toMatchObject({
      ...{ what: 'stop', adds: { unit: 'min', count: 60 }, at: '2026-02-02T02:30:00.000Z' },
      hours: [{ from: '2026-02-02T01:30:00.000Z', to: '2026-02-02T02:30:00.000Z' }],
    });
  });

  it.each([
    ['that begins when it is due', '2026-02-03T03:00:00.000Z', end('02-09'), end('02-11'), 0],
    ['once together they have lasted as long as they may', '2026-03-05T03:00:00.000Z', end('03-09'), end('03-10'), 1],
  ])('by no stop %s', (_name, until, at, later, expected) => {
    const stops = [
      { at: '2026-02-03T03:00:00.000Z', until, why: 'question' as const },
      { at, until: later, why: 'fee' as const },
    ];
    expect(explain(calendar, reckoning({ stops })).steps.slice(2)).toHaveLength(expected);
  });

  it('takes what overlaps as one while, for all its reasons, that is not over and at its limit', () => {
    const stops = [{ at: '2026-02-03T03:00:00.000Z', until: null, why: 'question' as const }];
    const until = '2026-03-05T03:00:00.000Z';
    const away = [{ at: '2026-03-01T03:00:00.000Z', until, why: 'elsewhere' as const }];
    expect(explain(calendar, reckoning({ stops, away })).steps.slice(2)).toMatchObject([
      { why: ['question', 'elsewhere'], from: stops[0]?.at, until, open: true, capped: true },
    ]);
  });

  it('says so too where the other one lasted longer, and not where it lasted as long as it really was waited for', () => {
    const stopped = (until: string) => ({ at: '2026-02-03T03:00:00.000Z', until, why: 'question' as const });
    const away = [{ at: '2026-03-01T03:00:00.000Z', until: '2026-03-10T03:00:00.000Z', why: 'elsewhere' as const }];
    const last = (until: string) => explain(calendar, reckoning({ stops: [stopped(until)], away })).steps.at(-1);
    expect(last('2026-03-12T03:00:00.000Z')).toMatchObject({ until: away[0]?.until, capped: true });
    expect(last('2026-03-09T03:00:00.000Z')).toMatchObject({ until: away[0]?.until, capped: false });
  });

  it('is provisional beyond the last day of its calendar, and counts by the week there', () => {
    const found = explain(calendar, reckoning({ from: '2026-12-28T02:00:00.000Z' }));
    expect(found).toMatchObject({ provisional: true, dueAt: '2027-01-04T09:00:00.000Z' });
    expect(explain(calendar, reckoning({ from: '2026-12-22T02:00:00.000Z' }))).toMatchObject({ provisional: false });
  });

  it('is not moved by a stop in which the office was closed, even from the end of a day', () => {
    const stop = { at: '2026-02-02T08:59:59.000Z', until: '2026-02-02T09:00:00.000Z', why: 'question' as const };
    const closed = { at: '2026-02-02T05:10:00.000Z', until: '2026-02-02T05:50:00.000Z', why: 'question' as const };
    const terms = [stage('7h')];
    expect(explain(calendar, reckoning({ terms, stops: [closed] })).dueAt).toBe(end('02-02'));
    expect(explain(calendar, reckoning({ terms, stops: [stop] })).dueAt).toBe('2026-02-03T01:00:01.000Z');
  });
});

describe('for any reckoning', () => {
  const instant = fc.integer({ min: ms('2026-01-02T00:00:00Z'), max: ms('2026-12-30T00:00:00Z') }).map(iso);
  const term = fc
    .tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom('min', 'h', 'wd', 'd'))
    .map((parts) => stage(parts.join('')));
  const stop = (...whys: readonly ReckonedStop['why'][]) =>
    fc
      .tuple(instant, fc.option(fc.double({ min: 0, max: 50, noNaN: true })), fc.constantFrom(...whys))
      .map(([at, days, why]) => ({ at, why, until: days === null ? null : iso(ms(at) + days * 86_400_000) }));
  const any = fc.record({
    from: instant,
    why: fc.constant('recorded' as const),
    terms: fc.array(term, { minLength: 1, maxLength: 4 }),
    stops: fc.array(stop('question', 'fee'), { maxLength: 4 }),
    // With others the work was: what lasts is never there.
    away: fc.array(
      stop('elsewhere').map((one) => ({ ...one, until: one.until ?? one.at })),
      { maxLength: 2 },
    ),
  });

  it('the last step stands on the due date, and the parts of each add up to it', () =>
    fc.assert(
      fc.property(any, (one) => {
        const explained = explain(calendar, one);
        expect(explained.dueAt).toBe(dueOfReckoning(calendar, one));
        expect(wrongIn(explained, calendar)).toEqual([]);
      }),
      { numRuns: 400 },
    ));

  it('another stop never shortens, whenever it was', () =>
    fc.assert(
      fc.property(any, stop('question'), (one, more) => {
        const without = { ...one, stops: [] };
        expect(ms(dueOfReckoning(calendar, { ...without, stops: [more] }))).toBeGreaterThanOrEqual(
          ms(dueOfReckoning(calendar, without)),
        );
      }),
    ));

  it('the shares of the stages add up to the whole', () =>
    fc.assert(
      fc.property(instant, fc.array(term, { minLength: 1, maxLength: 4 }), (from, terms) => {
        let at = from;
        for (const { time } of terms) at = dueAt(calendar, at, [time], []);
        expect(dueOfReckoning(calendar, reckoning({ from, terms }))).toBe(at);
      }),
    ));
});

describe('an explanation as it is answered', () => {
  const told = (more: Partial<Reckoning>) => toldExplained(explain(calendar, reckoning(more))).steps;

  it('leaves out what a step does not say: the name of a week-end, the stage of a term that is of none', () => {
    const [, term, longer] = told({ terms: [stage('5wd'), { time: '2wd', why: 'extension', stage: null }] });
    expect(term).toMatchObject({ what: 'term', stage: 0, daysOff: [{ date: '2026-02-07' }, { date: '2026-02-08' }] });
    expect(JSON.stringify([term, longer])).not.toContain('null');
    expect(longer).not.toHaveProperty('stage');
  });

  it('names the holidays on its way, and the week-ends by their date alone', () => {
    const [, term] = told({ from: '2026-03-18T03:00:00.000Z', terms: [stage('1wd')] });
    expect(term).toMatchObject({
      daysOff: [
        { date: '2026-03-19', why: 'national', name: '2026-03-19' },
        { date: '2026-03-20', why: 'national', name: '2026-03-20' },
        ...[
          { date: '2026-03-21', why: 'weekend' },
          { date: '2026-03-22', why: 'weekend' },
        ],
      ],
    });
  });

  it('says of a stop why the clock stood, and of a term in minutes the hours that it took', () => {
    const stop: ReckonedStop = { at: monday, until: end('02-03'), why: 'question' };
    const steps = told({ terms: [stage('30min')], stops: [stop] });
    const stops = steps.filter(({ what }) => what === 'stop');
    expect(stops).toEqual([expect.objectContaining({ why: ['question'] })]);
    expect(stops[0]).not.toHaveProperty('stage');
    expect(steps.filter(({ what }) => what === 'term')).toEqual([
      expect.objectContaining({ hours: [expect.objectContaining({ from: expect.any(String) })] }),
    ]);
  });
});
