import { calendar } from '../../test/catalogue';
import { monday } from '../../test/spec';
import { dueAt, type Stop } from './deadline';

const moment = (text: string): string => `2026-${text}:00.000Z`;
const stop = (at: string, until: string): Stop => ({ at: moment(at), until: moment(until) });
/** Five working days from Monday, the second of February: due on the ninth. */
const due = (stops: readonly Stop[], away: readonly Stop[] = []) => dueAt(calendar, monday, ['5wd'], stops, away);

describe('a promise in working days, with stops', () => {
  it.each([
    ['is not moved by one that begins when it is due', [stop('02-09T09:00', '02-11T09:00')], '02-09T09:00'],
    ['is moved by one that begins before', [stop('02-09T08:59', '02-11T09:00')], '02-11T09:00'],
    ['is not moved by one that was over before it began', [stop('01-20T03:00', '01-22T03:00')], '02-09T09:00'],
    ['is moved from its own beginning on', [stop('01-29T03:00', '02-03T03:00')], '02-10T09:00'],
    ['is moved by no week-end that lies in it', [stop('02-06T03:00', '02-09T03:00')], '02-10T09:00'],
  ])('%s', (_name, stops, expected) => expect(due(stops)).toBe(moment(expected)));

  // 14 working days of the first, then the ten days that are left of thirty: 7 working days.
  const [first, second] = [stop('02-03T03:00', '02-23T03:00'), stop('02-25T03:00', '03-17T03:00')];
  it.each([
    ['in their order', [first, second]],
    ['in any other order', [second, first]],
    ['one of them within another', [first, stop('02-05T03:00', '02-06T03:00'), second]],
  ])('is moved by thirty days of them at most, all together: %s', (_name, stops) =>
    expect(due(stops)).toBe(moment('03-10T09:00')),
  );
});

describe('a promise while the work is with others', () => {
  const waited = stop('02-10T03:00', '02-12T03:00');
  const [short, long] = [stop('02-03T03:00', '02-05T03:00'), stop('02-03T03:00', '02-09T03:00')];
  it.each([
    ['before the citizen is waited for: both count', [waited], stop('02-03T03:00', '02-05T03:00'), '02-13T09:00'],
    ['while he is, and longer: each day counts once', [short], stop('02-04T03:00', '02-09T03:00'), '02-13T09:00'],
    ['while he is, and shorter', [long], stop('02-04T03:00', '02-05T03:00'), '02-13T09:00'],
    ['from when he has answered', [short], stop('02-05T03:00', '02-06T03:00'), '02-12T09:00'],
    ['without a limit', [], stop('02-03T03:00', '03-25T03:00'), '03-31T09:00'],
  ])('%s', (_name, stops, away, expected) => expect(due(stops, [away])).toBe(moment(expected)));
});

describe('a promise of which a part is in days', () => {
  it('in calendar days is moved on by working days', () =>
    expect(dueAt(calendar, monday, ['3d'], [stop('02-03T03:00', '02-04T03:00')])).toBe(moment('02-06T09:00')));
  it('is moved on by working days as a whole, to the same hour', () =>
    expect(dueAt(calendar, monday, ['1wd', '30min'], [stop('02-03T03:00', '02-05T08:00')])).toBe(
      moment('02-06T01:30'),
    ));
});
