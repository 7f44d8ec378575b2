import fc from 'fast-check';
import { calendar } from '../../test/catalogue';
import { monday } from '../../test/spec';
import { officeCalendar, parseTerm } from './calendar';
import { citizensTermEnd, dueAt, iso, ms, termEnd, type Stop } from './deadline';

const office = officeCalendar(calendar);
const due = (term: string, from = monday, stops: readonly Stop[] = []) => dueAt(calendar, from, [term], stops);

describe('a term', () => {
  it.each([
    ['1wd from Monday morning: Tuesday, end of office hours', '1wd', monday, '2026-02-03T09:00:00.000Z'],
    ['1wd from Monday night: the same', '1wd', '2026-02-02T15:00:00.000Z', '2026-02-03T09:00:00.000Z'],
    ['1wd from Friday: Monday', '1wd', '2026-02-06T03:00:00.000Z', '2026-02-09T09:00:00.000Z'],
    ['1wd received on Saturday: Monday is the first', '1wd', '2026-02-07T03:00:00.000Z', '2026-02-09T09:00:00.000Z'],
    ['1wd before two days off and a weekend', '1wd', '2026-03-18T03:00:00.000Z', '2026-03-23T09:00:00.000Z'],
    ['5wd crosses a weekend', '5wd', monday, '2026-02-09T09:00:00.000Z'],
    ['30min in office hours', '30min', monday, '2026-02-02T01:30:00.000Z'],
    ['30min over the lunch break', '30min', '2026-02-02T04:50:00.000Z', '2026-02-02T06:20:00.000Z'],
    ['10min asked at night: next morning', '10min', '2026-02-02T15:00:00.000Z', '2026-02-03T01:10:00.000Z'],
    ['2h over a night', '2h', '2026-02-02T08:00:00.000Z', '2026-02-03T02:00:00.000Z'],
    ['3d to a working day', '3d', monday, '2026-02-05T09:00:00.000Z'],
    ['5d to a Saturday: Monday', '5d', monday, '2026-02-09T09:00:00.000Z'],
  ])('%s', (_, term, from, expected) => expect(termEnd(calendar, from, term)).toBe(expected));

  it('is written as the standards write it', () => {
    expect(parseTerm('10wd')).toEqual({ count: 10, unit: 'wd' });
    for (const text of ['soon', '12345d', 'in 5wd', '5wd or so', '5 wd', 'wd'])
      expect(() => parseTerm(text)).toThrow(`${text} is no term`);
  });

  it.each(['1wd', '1d', '1h', '1min'])('of %s never ends where the office never works', (term) =>
    expect(() => termEnd({ ...calendar, officeHours: {} }, monday, term)).toThrow(RangeError),
  );
});

describe('the calendar of the office', () => {
  const span = (from: string, to: string) => ({ from: ms(`2026-02-${from}Z`), to: ms(`2026-02-${to}Z`) });

  it('is made once an edition', () => {
    expect(officeCalendar(calendar)).toBe(office);
    expect(officeCalendar({ ...calendar })).not.toBe(office);
  });
  it('begins with its first day and ends with its last, by the office’s clock', () => {
    const begun = ['2025-12-31T16:59:59.999Z', '2025-12-31T17:00:00.000Z'].map((at) => office.reachesBackTo(ms(at)));
    const beyond = ['2026-12-31T16:59:59.999Z', '2026-12-31T17:00:00.000Z'].map((at) => office.isBeyond(ms(at)));
    expect([begun, beyond]).toEqual([
      [false, true],
      [false, true],
    ]);
  });
  it('knows the days off from one day to another, both of them included', () => {
    const off = office.daysOffFrom('2026-03-18', '2026-03-21').map(({ date, why }) => [date, why]);
    expect(off).toEqual([
      ['2026-03-19', 'national'],
      ['2026-03-20', 'national'],
      ['2026-03-21', 'weekend'],
    ]);
    expect(office.daysOffFrom('2026-02-07', '2026-02-07')).toHaveLength(1);
  });
  it('knows the hours between two moments, and of a break that there are none', () => {
    const parts = [span('02T03:00', '02T05:00'), span('02T06:00', '02T07:00')] as const;
    expect(office.hoursIn(parts[0].from, parts[1].to)).toEqual(parts);
    expect(office.hoursIn(parts[0].to, parts[1].from)).toEqual([]);
  });

  const short = officeCalendar({
    ...calendar,
    officeHours: { ...calendar.officeHours, '5': [{ from: '08:00', to: '11:00' }] },
  });
  it.each([
    ['the same hour', '04T01:30', 2, '06T01:30'],
    ['the same hour after a week-end', '06T03:00', 1, '09T03:00'],
    ['the end of a day that is shorter', '05T08:00', 1, '06T04:00'],
    ['from the end of a day to the end of a shorter one', '05T09:00', 1, '06T04:00'],
    ['from the end of a short day to the end of a longer one', '06T04:00', 1, '09T09:00'],
    ['by nothing: the same moment', '04T01:30', 0, '04T01:30'],
    ['by nothing at the end of a day: the same moment', '06T04:00', 0, '06T04:00'],
  ])('moves on by working days to %s', (_name, from, days, to) => {
    const moved = span(from, to);
    expect(iso(short.moveOn(moved.from, days))).toBe(iso(moved.to));
  });
});

describe('a promise', () => {
  it('is the sum of its stages', () => expect(dueAt(calendar, monday, ['1wd', '2wd', '3wd'], [])).toBe(due('6wd')));
  it('moves on by the working days of a stop', () => {
    const stop = { at: '2026-02-03T03:00:00.000Z', until: '2026-02-05T03:00:00.000Z' };
    expect(due('5wd', monday, [stop])).toBe(due('7wd'));
  });
  it('moves on by nothing when the stop lies in a day', () => {
    const stop = { at: '2026-02-03T03:00:00.000Z', until: '2026-02-03T08:00:00.000Z' };
    expect(due('5wd', monday, [stop])).toBe(due('5wd'));
  });
  it('moves on by office minutes where it counts minutes', () => {
    const stop = { at: '2026-02-02T01:05:00.000Z', until: '2026-02-02T02:05:00.000Z' };
    expect(due('10min', monday, [stop])).toBe('2026-02-02T02:10:00.000Z');
  });
  it('counts a stop without an end to its limit of 30 days', () => {
    const stop = { at: '2026-02-03T03:00:00.000Z', until: null };
    const limit = { at: stop.at, until: '2026-03-05T03:00:00.000Z' };
    expect(due('5wd', monday, [stop])).toBe(due('5wd', monday, [limit]));
    expect(due('5wd', monday, [{ ...stop, until: '2026-06-01T03:00:00.000Z' }])).toBe(due('5wd', monday, [limit]));
  });
  it('does not move for a stop that begins after it was due', () => {
    const stop = { at: '2026-02-20T03:00:00.000Z', until: '2026-02-25T03:00:00.000Z' };
    expect(due('5wd', monday, [stop])).toBe(due('5wd'));
  });
});

describe('a term of the citizen', () => {
  const fact = { at: monday, told: null };
  it('runs from the notification', () =>
    expect(citizensTermEnd(calendar, { ...fact, told: '2026-02-03T02:00:00.000Z' }, '10wd')).toBe(
      termEnd(calendar, '2026-02-03T02:00:00.000Z', '10wd'),
    ));
  it('runs from 10 wd after the fact where nobody could be told', () =>
    expect(citizensTermEnd(calendar, fact, '10wd')).toBe(due('20wd')));
  it('is not put off by a notification later than that', () =>
    expect(citizensTermEnd(calendar, { ...fact, told: '2026-04-01T02:00:00.000Z' }, '10wd')).toBe(due('20wd')));
});

describe('for every start, term and stop', () => {
  const start = fc.integer({ min: ms('2026-01-02T00:00:00Z'), max: ms('2026-06-30T00:00:00Z') }).map(iso);
  const term = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom('min', 'h', 'wd', 'd')).map((t) => t.join(''));
  const stops = fc.array(
    fc.record({
      at: fc.integer({ min: ms('2026-01-02T00:00:00Z'), max: ms('2026-08-01T00:00:00Z') }).map(iso),
      days: fc.double({ min: 0, max: 50, noNaN: true }),
    }),
    { maxLength: 4 },
  );
  const ordered = (list: readonly { at: string; days: number }[]): readonly Stop[] => {
    let last = '';
    return [...list]
      .sort((a, b) => ms(a.at) - ms(b.at))
      .filter(({ at }) => at > last)
      .map(({ at, days }) => {
        last = iso(ms(at) + days * 86_400_000);
        return { at, until: last };
      });
  };

  it('it is never due on a day off or outside office hours', () =>
    fc.assert(
      fc.property(start, fc.array(term, { minLength: 1, maxLength: 3 }), stops, (from, terms, list) => {
        const end = ms(dueAt(calendar, from, terms, ordered(list)));
        expect(office.isWorkingDay(office.dateOf(end))).toBe(true);
        expect(office.officeTimeIn(end - 1, end)).toBe(1);
      }),
    ));
  it('a later stop never shortens', () =>
    fc.assert(
      fc.property(start, term, stops, (from, one, list) => {
        const all = ordered(list);
        for (let n = 0; n < all.length; n += 1)
          expect(ms(dueAt(calendar, from, [one], all.slice(0, n + 1)))).toBeGreaterThanOrEqual(
            ms(dueAt(calendar, from, [one], all.slice(0, n))),
          );
      }),
    ));
  it('it is after its start, and the same whenever it is asked', () =>
    fc.assert(
      fc.property(start, term, stops, (from, one, list) => {
        const end = dueAt(calendar, from, [one], ordered(list));
        expect(ms(end)).toBeGreaterThan(ms(from));
        expect(dueAt({ ...calendar }, from, [one], ordered(list))).toBe(end);
      }),
    ));
});
