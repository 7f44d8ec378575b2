import { EventLog, commandId, eventLogMigrations, migrate, newEventId } from '@garda/event-store';
import { withDatabase } from '@garda/testing';
import { CaseClock } from './case-clock';

const setUp = ({ ownerUrl, appRole }: { ownerUrl: string; appRole: string }) =>
  migrate(ownerUrl, eventLogMigrations({ appRole }));
const minutesFromNow = (n: number) => new Date(Date.now() + n * 60_000).toISOString();

describe('the case clock', () => {
  const db = withDatabase({ template: 'service', setUp });
  const clock = (mode: 'test' | 'production' = 'test') => new CaseClock({ pool: db().pool, mode });
  const ahead = async () => (Date.parse(await clock().now()) - Date.now()) / 60_000;
  beforeEach(() => db().pool.query(`update clock.case_clock set ahead = '0'`));

  it('shows the time of the database until it is moved', async () => {
    expect(await clock().now()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(Math.abs(await ahead())).toBeLessThan(0.1);
  });

  it('moves forward and goes on from there', async () => {
    const to = minutesFromNow(60 * 24 * 30);
    expect((await clock().moveTo(to)).slice(0, 19)).toBe(to.slice(0, 19));
    expect(await ahead()).toBeCloseTo(60 * 24 * 30, 0);
  });

  it('never goes back', async () => {
    await clock().moveTo(minutesFromNow(10));
    await expect(clock().moveTo(minutesFromNow(9))).rejects.toMatchObject({ code: 'CLOCK_CANNOT_GO_BACK' });
    expect(await ahead()).toBeCloseTo(10, 0);
  });

  it('cannot be moved in production, and still tells the time', async () => {
    await expect(clock('production').moveTo(minutesFromNow(1))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(clock('production').startAt(minutesFromNow(1))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await clock('production').now()).toMatch(/Z$/);
  });

  it('begins a new instance where it is told, even in the past, once', async () => {
    expect(await clock().startAt('2014-01-06T08:00:00-06:00')).toBe(true);
    expect(await clock().now()).toMatch(/^2014-01-06T14:00:0/);
    expect(await clock().startAt('2015-01-01T00:00:00Z')).toBe(false);
    expect(await clock().now()).toMatch(/^2014-01-06T14:00:0/);
  });

  it('leaves the time of a log with facts alone', async () => {
    await appendOne();
    expect(await clock().startAt('2014-01-06T08:00:00Z')).toBe(false);
    expect(Math.abs(await ahead())).toBeLessThan(0.1);
  });

  async function appendOne(): Promise<void> {
    const log = new EventLog({ pool: db().pool });
    const id = commandId('clock spec');
    const actor = { kind: 'citizen' as const };
    const meta = { commandId: id, correlationId: newEventId(), actor };
    const event = { type: 'X', schemaVersion: 1, data: {}, eventId: newEventId(), meta, occurredAt: minutesFromNow(0) };
    await log.append({
      ...{ streamId: 's', key: 's', expected: 0, commandId: id, requestHash: null, result: null },
      events: [event],
    });
    await log.close();
  }
});

describe('the case clock of a database without a log', () => {
  const db = withDatabase({
    setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, eventLogMigrations({ appRole, withoutLog: true })),
  });
  it('can be given a start', async () => {
    const clock = new CaseClock({ pool: db().pool, mode: 'demo' });
    expect(await clock.startAt('2026-03-02T01:00:00Z')).toBe(true);
    expect(await clock.now()).toMatch(/^2026-03-02T01:00:0/);
  });
});
