/** A projection over a topic as a service keeps one: facts folded per case, one upsert a batch, the cursor with it. */
import { performance } from 'node:perf_hooks';
import { domain, eventStore, messaging, quietLog, serviceKafka } from '../libs.mjs';
import { until } from '../rounds.mjs';

export async function run({ url, kafka: login, topic, name, events }) {
  const pool = eventStore().openPool(url, { max: 10 });
  const table = `read.${name}`;
  await pool.query(
    `create table ${table} (case_id uuid primary key, version int not null, facts int not null, state json not null)`,
  );
  const kafka = serviceKafka(login, 'gateway');
  const handler = { name, topics: [topic], apply: (client, batch) => apply(client, table, batch) };
  const consumer = new (messaging().TopicConsumer)({
    kafka,
    groupId: `bench-${name}`,
    pool,
    logger: quietLog,
    handler,
  });
  const began = performance.now();
  await consumer.start();
  await until(() => consumer.status().applied >= events, {
    withinMs: 600_000,
    everyMs: 5,
    what: 'the end of the topic',
  });
  const seconds = (performance.now() - began) / 1000;
  const { parked } = consumer.status();
  await consumer.stop();
  await pool.end();
  return { seconds, perSecond: events / seconds, parked };
}

/** The same way as the gateway's case file: read the cases of the batch, fold, write them back in one statement. */
async function apply(client, table, batch) {
  const { resolutionFold } = domain();
  const ids = [...new Set(batch.map(({ streamId }) => streamId.slice('case-'.length)))];
  const { rows } = await client.query(
    `select case_id, version, facts, state from ${table} where case_id = any($1::uuid[])`,
    [ids],
  );
  const known = new Map(rows.map((row) => [row.case_id, row]));
  for (const event of batch) {
    const caseId = event.streamId.slice('case-'.length);
    const at = known.get(caseId) ?? { case_id: caseId, version: 0, facts: 0, state: resolutionFold.initial };
    const state = resolutionFold.evolve(at.state, event);
    known.set(caseId, { case_id: caseId, version: event.version, facts: at.facts + 1, state });
  }
  await client.query(
    `insert into ${table} (case_id, version, facts, state)
      select r.* from json_to_recordset($1::json) as r(case_id uuid, version int, facts int, state json) order by r.case_id
      on conflict (case_id) do update set version = excluded.version, facts = excluded.facts, state = excluded.state`,
    [JSON.stringify([...known.values()])],
  );
}
