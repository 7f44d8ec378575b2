/** A reaction as a service has one: for each case that it hears of, one fact on its own stream of that case. */
import { performance } from 'node:perf_hooks';
import { eventStore, messaging, quietLog, serviceKafka } from '../libs.mjs';
import { until } from '../rounds.mjs';

export async function run({ url, kafka: login, topic, name, cases }) {
  const { commandId, EventLog, newEventId, openPool } = eventStore();
  const pool = openPool(url, { max: 10 });
  const log = new EventLog({ pool });
  const reaction = hearing(name, topic, { commandId, newEventId });
  const kafka = serviceKafka(login, 'routing');
  const consumer = new (messaging().ReactionConsumer)({
    ...{ kafka, groupId: `bench-${name}`, pool, log, reaction, logger: quietLog },
  });
  const began = performance.now();
  await consumer.start();
  const done = () => {
    const { state, error, reactions } = consumer.status();
    if (state === 'failed') throw new Error(`the consumer has stopped: ${error}`);
    return reactions >= cases;
  };
  await until(done, { withinMs: 600_000, everyMs: 5, what: 'the last reaction' });
  const seconds = (performance.now() - began) / 1000;
  const { parked, conflicts } = consumer.status();
  await consumer.stop();
  await log.close();
  await pool.end();
  return { seconds, perSecond: cases / seconds, parked, conflicts };
}

/** For each case that is made known, one fact on its own stream. */
function hearing(name, topic, { commandId, newEventId }) {
  return {
    name,
    topics: [topic],
    streamsOf: (event) => (event.type === 'CaseKnown' ? [event.streamId] : []),
    react: (own, event, now) => ({
      ...{ streamId: event.streamId, key: caseOf(event), expected: own.length, requestHash: null, result: null },
      commandId: commandId(name, event.eventId),
      events: [
        {
          ...{ type: 'Heard', schemaVersion: 1, eventId: newEventId(), occurredAt: now },
          data: { caseId: caseOf(event) },
          meta: { commandId: event.eventId, correlationId: event.eventId, actor: { kind: 'system', id: name } },
        },
      ],
    }),
  };
}

const caseOf = (event) => event.streamId.slice('case-'.length);
