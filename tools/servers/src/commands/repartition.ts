import { setTimeout as pause } from 'node:timers/promises';
import { ensureTopics } from '@garda/messaging';
import type { Admin } from 'kafkajs';
import { usualFolder } from '../folders';
import { kafkaClient } from '../kafka';
import { logServices, openTopic, restrictedTopic } from '../names';
import { portsHeld } from '../run-file';
import { loadSecrets } from '../secrets';
import { runOperator } from './operator';

const most = 1_000;
const goneWithinMs = 60_000;

/**
 * `npm run garda -- topic partitions TOPIC N`, of the instance that runs here: closes the topic, waits until all of it is
 * applied, makes it again with N partitions and opens it. Services go on meanwhile. Answers the exit code.
 */
export async function repartitionHere([topic, count]: readonly string[], instance = usualFolder): Promise<number> {
  const partitions = Number(count);
  const topics = logServices.flatMap((service) => [openTopic(service), restrictedTopic(service)]);
  if (topic === undefined || !topics.includes(topic)) throw new Error(`Which topic? One of ${topics.join(', ')}.`);
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > most)
    throw new Error(`How many partitions? A whole number from 1 to ${most}, not "${count ?? ''}".`);
  const [port] = portsHeld(instance, 'kafka');
  if (port === undefined)
    throw new Error('No Kafka of ours runs here. For one of your own: docs/scaling.md, "More partitions".');

  const operator = async (...words: string[]): Promise<boolean> =>
    (await runOperator(instance, ['topic', ...words])).code === 0;
  if (!(await operator('close', topic))) return 1;
  const admin = kafkaClient(`127.0.0.1:${port}`, 'admin', loadSecrets(instance).kafka.admin).admin();
  await admin.connect();
  try {
    await makeAgain(admin, topic, partitions);
  } finally {
    await admin.disconnect();
  }
  return (await operator('open', topic, '--partitions', String(partitions))) ? 0 : 1;
}

/** The topic without a record, with so many partitions. May be repeated: every fact is in the log. */
async function makeAgain(admin: Admin, topic: string, partitions: number): Promise<void> {
  const until = Date.now() + goneWithinMs;
  if ((await admin.listTopics()).includes(topic)) await admin.deleteTopics({ topics: [topic] });
  while ((await admin.listTopics()).includes(topic)) {
    if (Date.now() > until) throw new Error(`${topic} was not deleted in ${goneWithinMs / 1000} s. Run this again.`);
    await pause(100);
  }
  await ensureTopics(admin, [{ topic, partitions }]);
}
