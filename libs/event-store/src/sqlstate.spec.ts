import { isTransient, sqlState } from './sqlstate';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

it.each(['08006', '40001', '40P01', '53300', '57P01', '57014', '55P03', '25P03', 'ECONNREFUSED', 'EPIPE', 'ENOENT'])(
  '%s will pass',
  (code) => expect(isTransient(withCode(code))).toBe(true),
);

it.each(['23505', '22P02', '42501', 'GA001', 'GA002', 'OVERLOADED', 'EVENT_TOO_LARGE', 'LOG_UNAVAILABLE'])(
  '%s will not',
  (code) => expect(isTransient(withCode(code))).toBe(false),
);

it.each([
  ['Connection terminated unexpectedly', true],
  ['Client has encountered a connection error and is not queryable', true],
  ['Query read timeout', true],
  ['Cannot use a pool after calling end on the pool', false],
  ['x is not a function', false],
])('%s: %s', (message, transient) => expect(isTransient(new Error(message))).toBe(transient));

it('knows an SQLSTATE from the codes of sockets and of our own', () => {
  expect(['23505', 'GA001', 'EPIPE', 'OVERLOADED'].map((code) => sqlState(withCode(code)))).toEqual([
    '23505',
    'GA001',
    undefined,
    undefined,
  ]);
  expect([undefined, null, 'x', 7].map((value) => isTransient(value))).toEqual([false, false, false, false]);
});
