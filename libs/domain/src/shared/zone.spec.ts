import { instantAt, localDate } from './zone';

const at = (text: string): number => Date.parse(text);

describe('the clock on the wall of the office', () => {
  it('shows another day further east', () => {
    const evening = at('2026-02-02T15:30:00Z');
    expect(['Asia/Jakarta', 'Asia/Jayapura'].map((zone) => localDate(zone, evening))).toEqual([
      ...['2026-02-02', '2026-02-03'],
    ]);
  });

  it.each([
    ['as ever', 'Asia/Jakarta', '2026-02-02T08:00', '2026-02-02T01:00:00Z'],
    [
      'in a gap of summer time as if it were not put forward',
      'Europe/Berlin',
      '2026-03-29T02:30',
      '2026-03-29T01:30:00Z',
    ],
    ['in an hour that comes twice the first one', 'Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00Z'],
  ])('shows a time once: %s', (_name, zone, shown, instant) => {
    const [date, time] = shown.split('T') as [string, string];
    expect(instantAt(zone, date, time)).toBe(at(instant));
  });

  it('changes the day with summer time', () => {
    const nights = ['2026-07-01T22:30:00Z', '2026-12-01T22:30:00Z'];
    expect(nights.map((night) => localDate('Europe/Berlin', at(night)))).toEqual(['2026-07-02', '2026-12-01']);
  });
});
