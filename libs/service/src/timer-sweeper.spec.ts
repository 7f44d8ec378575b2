import { eventLogMigrations, migrate, newEventId } from '@garda/event-store';
import { withDatabase, until } from '@garda/testing';
import { CaseClock } from './case-clock';
import { createLog } from './logger';
import { Metrics } from './metrics';
import { TimerSweeper, type DueRow } from './timer-sweeper';

const log = createLog({ service: 'spec', level: 'silent' });

describe('the sweeper of timers', () => {
  const db = withDatabase({
    template: 'service',
    setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, eventLogMigrations({ appRole })),
  });
  let metrics: Metrics;
  const sweeper = (onDue: (row: DueRow) => Promise<unknown>) =>
    new TimerSweeper({ pool: db().pool, log, metrics, onDue, everyMs: 10 });
  const add = (caseId: string, dueAt: string, rung = 1) =>
    db().pool.query(
      `insert into read.due (case_id, clock, started_version, rung, due_at) values ($1, 'work', 3, $2, clock_timestamp() + $3::interval)`,
      [caseId, rung, dueAt],
    );

  beforeAll(() =>
    db().pool
      .query(`create table read.due (case_id uuid, clock text, started_version bigint, rung int, due_at timestamptz,
      primary key (case_id, clock, started_version, rung))`),
  );
  beforeEach(async () => {
    await db().pool.query(`truncate read.due; update clock.case_clock set ahead = '0'`);
    metrics = new Metrics('spec');
  });

  it('hands on what is due by the case clock, oldest first, and nothing else', async () => {
    const [older, newer, future] = [newEventId(), newEventId(), newEventId()];
    await add(newer, '-1 minute');
    await add(older, '-2 minutes');
    await add(future, '30 days');
    const seen: DueRow[] = [];
    const sweep = sweeper((row) => Promise.resolve(seen.push(row)));
    expect(await sweep.sweep()).toBe(2);
    expect(seen.map(({ caseId }) => caseId)).toEqual([older, newer]);
    expect(seen[0]).toEqual({ caseId: older, clock: 'work', startedVersion: 3, rung: 1, dueAt: expect.any(String) });
    const later = new Date(Date.now() + 31 * 24 * 3600_000).toISOString();
    await new CaseClock({ pool: db().pool, mode: 'test' }).moveTo(later);
    expect(await sweep.sweep()).toBe(3);
  });

  it('goes on behind rows that fail, however many they are, and counts them', async () => {
    for (let rung = 1; rung <= 120; rung++) await add('0197a000-0000-7000-8000-000000000001', '-2 minutes', rung);
    const good = newEventId();
    await add(good, '-1 minute');
    const seen: string[] = [];
    const sweep = sweeper((row) => {
      if (row.caseId !== good) return Promise.reject(new Error('stubborn'));
      return Promise.resolve(seen.push(row.caseId));
    });
    expect(await sweep.sweep()).toBe(1);
    expect(seen).toEqual([good]);
    expect(await metrics.registry.metrics()).toMatch(/garda_timer_failures_total\{.*\} 120/);
  });

  it('sweeps again and again until it is stopped, and outlives a failing database', async () => {
    await add(newEventId(), '-1 minute');
    let handled = 0;
    const sweep = sweeper(() => Promise.resolve(handled++));
    sweep.start();
    await until(() => handled >= 2);
    await db().pool.query('alter table read.due rename to gone');
    await new Promise((resolve) => setTimeout(resolve, 40));
    await db().pool.query('alter table read.gone rename to due');
    const before = handled;
    await until(() => handled > before);
    await sweep.stop();
    const after = handled;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(handled).toBe(after);
  });
});
