import { progressLine } from './projections';

it('tells position, rate and the time that is left', () => {
  const row = { name: 'case_state', version: 1001, position: '5000', lag: '2500' };
  expect(progressLine(row, 2000)).toBe('case_state build 1001: at 5000, 2500 to go, 2500 events/s, 1 s left');
  expect(progressLine({ ...row, position: '0' }, 1000)).toBe('case_state build 1001: at 0, 2500 to go, 0 events/s');
});
