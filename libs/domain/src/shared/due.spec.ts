import { monday } from '../../test/spec';
import { dueNow, type Due } from './due';

const later = '2026-02-02T02:00:00.000Z';
const row = (clock: string, rung: number, dueAt = monday): Due => ({ clock, startedVersion: 1, rung, dueAt });

describe('the clocks of a case', () => {
  it.each([
    ['the earlier one before the later', row('b', 2), row('a', 1, later)],
    ['of two at one time the first by its name', row('a', 2), row('b', 1)],
    ['of one clock the lower rung', row('a', 1), row('a', 2)],
  ])('run out in the order of their times: %s', (_name, first, second) => {
    for (const rows of [
      [first, second],
      [second, first],
    ]) {
      expect(dueNow(rows, first, later)).toEqual(first);
      expect(dueNow(rows, second, later)).toBeUndefined();
    }
  });

  it('run out at their time and not before', () => {
    const rows = [row('a', 1, later)];
    expect(dueNow(rows, row('a', 1), later)).toEqual(rows[0]);
    expect(dueNow(rows, row('a', 1), '2026-02-02T01:59:59.999Z')).toBeUndefined();
    expect(dueNow([], row('a', 1), later)).toBeUndefined();
  });

  it('are asked by name, rung and what started them: one of a case that was reopened is another', () => {
    const rows = [row('a', 1)];
    for (const key of [row('b', 1), row('a', 2), { ...row('a', 1), startedVersion: 2 }])
      expect(dueNow(rows, key, later)).toBeUndefined();
  });
});
