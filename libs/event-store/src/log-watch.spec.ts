import { until } from '@garda/testing';
import { withLogs } from '../test/database';
import { aRequest } from '../test/requests';
import { EventLog } from './event-log';
import { LogWatch } from './log-watch';

const database = withLogs();
const failures: unknown[] = [];

/** What listeners of a process hear that has its own objects on the same database. */
function process(): { log: EventLog; restricted: EventLog; watch: LogWatch; heard: string[] } {
  const { pool } = database();
  const [log, restricted] = [new EventLog({ pool }), new EventLog({ pool, schema: 'log_restricted' })];
  const heard: string[] = [];
  log.onAppended((head) => heard.push(`log ${head}`));
  restricted.onAppended((head) => heard.push(`restricted ${head}`));
  const watch = new LogWatch({ pool, logs: [log, restricted], onError: (error) => failures.push(error) });
  return { log, restricted, watch, heard };
}

const grown = async (log: EventLog, streamId: string): Promise<bigint> => {
  const outcome = await log.append(aRequest(streamId));
  if (outcome.status !== 'appended') throw new Error(outcome.status);
  return outcome.position;
};

it('wakes the listeners of one process for what another appended, in each log, and once', async () => {
  const [writer, reader] = [process(), process()];
  reader.watch.start();
  const first = await grown(writer.log, 'case-1');
  await until(() => reader.heard.includes(`log ${first}`));
  const second = await grown(writer.restricted, 'report-1');
  await until(() => reader.heard.includes(`restricted ${second}`));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await reader.watch.stop();
  expect(reader.heard).toEqual([`log ${first}`, `restricted ${second}`]);
  expect(failures).toEqual([]);
});

it('does not repeat what its own process appended', async () => {
  const own = process();
  const before = await own.log.head();
  own.watch.start();
  await until(() => own.heard.includes(`log ${before}`));
  const head = await grown(own.log, 'case-2');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await own.watch.stop();
  expect(own.heard.filter((line) => line === `log ${head}`)).toHaveLength(1);
});

it('says nothing after it was stopped', async () => {
  const [writer, reader] = [process(), process()];
  reader.watch.start();
  await until(() => reader.heard.length > 0);
  await reader.watch.stop();
  const heard = [...reader.heard];
  await grown(writer.log, 'case-3');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(reader.heard).toEqual(heard);
});
