import { EventLog } from '@garda/event-store';
import { randomUUID } from 'node:crypto';
import { caseIdOf, notes, notesFold, withLogs, type Notes } from '../test/logs';
import { foldProjection } from './fold-projection';
import { ProjectionRunner } from './projection-runner';

const database = withLogs();
const version = (n: number) =>
  foldProjection<Notes>({
    ...{ name: 'cases', version: n, caseIdOf, fold: notesFold },
    ...(n > 1 ? { columns: { last: 'int' }, toRow: ({ last }: Notes) => ({ last: last?.n }) } : {}),
    dueRows: () => [{ clock: 'all', startedVersion: 1, rung: n, dueAt: '2026-01-01T00:00:00Z' }],
  });
const shown = async () => {
  const { rows } = await database().pool.query('select to_jsonb(c) as row, d.rung from read.cases c, read.due d');
  return rows.map(({ row, rung }) => ({ columns: Object.keys(row).sort().join(), rung }));
};

it('a new version is filled beside the old one and shown when it has caught up; never the other way round', async () => {
  const { pool } = database();
  const log = new EventLog({ pool });
  const run = async (n: number): Promise<ProjectionRunner> => {
    const onError = (error: unknown): never => {
      throw error;
    };
    const runner = new ProjectionRunner({ pool, log, projection: version(n), onError, batchSize: 1 });
    await runner.start();
    expect(await runner.waitFor(await log.head())).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 200)); // idle once
    return runner;
  };
  await log.append(notes(randomUUID(), [1, 2, 3]));

  const first = await run(1);
  expect(await shown()).toEqual([{ columns: 'case_id,state,version', rung: 1 }]);

  const client = await pool.connect();
  await client.query('begin');
  await version(2).setUp(client);
  await client.query('commit');
  client.release();
  expect(await shown()).toEqual([{ columns: 'case_id,state,version', rung: 1 }]); // made, and not shown before it is filled

  const second = await run(2);
  expect(await shown()).toEqual([{ columns: 'case_id,last,state,version', rung: 2 }]);

  await first.stop();
  const old = await run(1); // a replica of the program before
  expect(await shown()).toEqual([{ columns: 'case_id,last,state,version', rung: 2 }]);
  await Promise.all([second.stop(), old.stop()]);
});
