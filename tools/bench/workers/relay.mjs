/** Our relay, from a checkpoint at 0 to the end of the log. */
import { performance } from 'node:perf_hooks';
import { eventStore, messaging, quietLog, serviceKafka } from '../libs.mjs';
import { until } from '../rounds.mjs';

export async function run({ url, kafka: login, topic }) {
  const { EventLog, openPool } = eventStore();
  const { Relay, verifyLog } = messaging();
  const pool = openPool(url, { max: 4 });
  const log = new EventLog({ pool });
  const head = await log.head();
  const kafka = serviceKafka(login, 'resolution');
  await verifyLog({ pool, schema: 'log', topic, kafka, groupPrefix: 'bench-verify-' });
  const relay = new Relay({ pool, schema: 'log', topic, context: 'resolution', kafka, log: quietLog });
  const began = performance.now();
  await relay.start();
  await until(() => relay.status().position >= head, { withinMs: 600_000, everyMs: 5, what: 'the end of the log' });
  const seconds = (performance.now() - began) / 1000;
  await relay.stop();
  await log.close();
  await pool.end();
  return { seconds, perSecond: Number(head) / seconds };
}
