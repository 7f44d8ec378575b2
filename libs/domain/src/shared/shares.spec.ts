import fc from 'fast-check';
import { calendar } from '../../test/catalogue';
import { monday } from '../../test/spec';
import { officeCalendar } from './calendar';
import { iso, ms } from './deadline';
import { sharesOf, spansAfter, type Holder, type Span } from './shares';

const office = officeCalendar(calendar);
const village: Holder = { with: 'unit', unit: 'desa-a' };
const district: Holder = { with: 'unit', unit: 'kec-a' };
const road: Holder = { with: 'transit', unit: 'desa-a' };
const citizen: Holder = { with: 'citizen', unit: null };
const at = (hours: number): string => iso(ms(monday) + hours * 3_600_000);
const told = (...moves: readonly (readonly [Holder | null, number])[]): readonly Span[] =>
  moves.reduce<readonly Span[]>((spans, [holder, hours]) => spansAfter(spans, holder, at(hours)), []);

describe('whose share of the time it was', () => {
  it('is office time by holder, in the order in which each came first', () => {
    // Monday 08:00 to 12:00 at the village, an hour on the road, until 16:00 at the district, then over.
    const spans = told([village, 0], [road, 2], [district, 3], [citizen, 4], [district, 6], [null, 8]);
    expect(sharesOf(spans, calendar)).toEqual([
      { ...village, minutes: 120 },
      { ...road, minutes: 60 },
      { ...district, minutes: 180 },
      { ...citizen, minutes: 60 },
    ]);
  });

  it('leaves out the while that lasts, so that it changes only when the case does', () => {
    expect(sharesOf(told([village, 0], [road, 2]), calendar)).toEqual([{ ...village, minutes: 120 }]);
  });

  it('counts no night, no day off and no while in which nobody had it', () => {
    const overNight = told([village, 8], [null, 24], [village, 48], [null, 49]);
    expect(sharesOf(overNight, calendar)).toEqual([{ ...village, minutes: 60 }]);
  });

  it('does not begin anew with whoever has it already, and never ends before it began', () => {
    expect(told([village, 0], [village, 3])).toEqual([{ ...village, from: at(0), until: null }]);
    expect(told([village, 3], [road, 1])).toEqual([
      { ...village, from: at(3), until: at(3) },
      { ...road, from: at(3), until: null },
    ]);
  });

  it('goes from one unit to another, and from nobody to nobody', () => {
    expect(told([null, 0], [village, 1], [district, 2], [null, 3], [null, 4])).toEqual([
      { ...village, from: at(1), until: at(2) },
      { ...district, from: at(2), until: at(3) },
    ]);
  });

  it('is no share of whoever had it in no office hour', () => {
    const spans = told([village, 0], [road, 8], [district, 23], [null, 24]);
    expect(sharesOf(spans, calendar)).toEqual([{ ...village, minutes: 420 }]);
  });

  it('adds up to the office time between the first and the last moment, however it wanders', () => {
    const holder = fc.constantFrom(village, district, road, citizen);
    const moves = fc.array(fc.tuple(holder, fc.integer({ min: 0, max: 2000 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(moves, fc.integer({ min: 2000, max: 3000 }), (some, end) => {
        const inOrder = [...some].sort(([, a], [, b]) => a - b);
        const spans = told(...inOrder, [null, end]);
        const sum = sharesOf(spans, calendar).reduce((minutes, share) => minutes + share.minutes, 0);
        const whole = office.officeTimeIn(ms(at(inOrder[0]?.[1] ?? 0)), ms(at(end))) / 60_000;
        expect(sum).toBe(whole);
      }),
    );
  });
});
