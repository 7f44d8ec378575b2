import { migrate } from '@garda/event-store';
import { withDatabase } from '@garda/testing';
import { intakeMigrations } from '../migrations';
import { GuessLimit, TrackingCodeLocked } from './guess-limit';
import { looksLikeCode, TrackingCodes } from './tracking-code';

const db = withDatabase({
  template: 'intake',
  setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, intakeMigrations({ appRole })),
});
const wrong = () => Promise.resolve(undefined);
const right = () => Promise.resolve('case');
const limit = (more: object = {}) =>
  new GuessLimit(db().pool, { perNumber: 3, overall: 5, windowMs: 3_600_000, ...more });

beforeEach(() => db().ownerPool.query('truncate intake.code_guesses'));

describe('the limit on guesses', () => {
  it('holds over replicas and over guesses made at once', async () => {
    const replicas = [limit(), limit(), limit()];
    const tries = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => replicas[i % 3]?.attempt('A', wrong)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  });

  it('does not look at the code of a locked number', async () => {
    for (let i = 0; i < 3; i += 1) await limit().attempt('A', wrong);
    const look = jest.fn(right);
    await expect(limit().attempt('A', look)).rejects.toBeInstanceOf(TrackingCodeLocked);
    expect(look).not.toHaveBeenCalled();
  });

  it('never counts a right code', async () => {
    for (let i = 0; i < 20; i += 1) expect(await limit().attempt('A', right)).toBe('case');
  });

  it('opens again with the next window of the machine clock', async () => {
    const short = limit({ windowMs: 300, perNumber: 1 });
    await short.attempt('A', wrong);
    const until = Date.now() + 2000;
    let opened = false;
    while (!opened && Date.now() < until) {
      opened = (await short.attempt('A', right).catch(() => undefined)) === 'case';
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(opened).toBe(true);
  });

  it('leaves each number one try when somebody goes through many of them, and lets the right code in', async () => {
    for (const number of ['A', 'B', 'C', 'D', 'E']) await limit().attempt(number, wrong);
    expect(await limit().attempt('F', right)).toBe('case');
    await limit().attempt('G', wrong);
    await expect(limit().attempt('G', wrong)).rejects.toMatchObject({ retryAfterSeconds: expect.any(Number) });
  });

  it('forgets old windows', async () => {
    await db().ownerPool.query(
      `insert into intake.code_guesses values ('x', now() - interval '3 days', 1), ('y', now(), 1)`,
    );
    await limit().sweep();
    expect((await db().pool.query('select subject from intake.code_guesses')).rows).toEqual([{ subject: 'y' }]);
  });
});

describe('a tracking code', () => {
  const codes = new TrackingCodes(Buffer.alloc(32, 1).toString('base64url'));
  const command = '6b1f1a52-0d0c-4d7f-9a55-0a9d5e6a0001';

  it('follows from the command alone, under this key', () => {
    expect(codes.derive(command)).toBe(codes.derive(command));
    expect(codes.derive(command)).toMatch(/^(\d{4}-){3}\d{4}$/);
    expect(new TrackingCodes(Buffer.alloc(32, 2).toString('base64url')).derive(command)).not.toBe(
      codes.derive(command),
    );
    expect(() => new TrackingCodes('short')).toThrow(/32 bytes/);
  });

  it('matches however it is grouped, for its own case alone', () => {
    const code = codes.derive(command);
    const hash = codes.hash('case-1', code);
    expect(codes.matches('case-1', code.replaceAll('-', ' '), hash)).toBe(true);
    expect(codes.matches('case-2', code, hash)).toBe(false);
    expect(codes.matches('case-1', code, undefined)).toBe(false);
    expect(codes.matches('case-1', '0000-0000-0000-0000', hash)).toBe(false);
  });

  it('is known by its 16 digits', () => {
    expect(['1234 5678-9012 3456', '1234567890123456'].every(looksLikeCode)).toBe(true);
    expect(['', '1234', '12345678901234567', 'abcd-abcd-abcd-abcd', ' '.repeat(50)].some(looksLikeCode)).toBe(false);
  });
});
