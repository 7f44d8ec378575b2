import { lastCountedYear } from './counted-years';

const zone = 'Asia/Jakarta';

it('a year is counted from the first of February after it, in the office', () => {
  expect(lastCountedYear('2026-11-29T10:00:00.000Z', zone)).toBe(2025);
  expect(lastCountedYear('2027-01-31T16:59:59.000Z', zone)).toBe(2025);
  expect(lastCountedYear('2027-01-31T17:00:00.000Z', zone)).toBe(2026);
});
