/** A log carried into its topic by our relay, beside kafkajs sending the same records from memory. */
import { atLeast, figure, ratio, totals } from '../figures.mjs';
import { fill } from '../fill.mjs';
import { checkTopic, makeTopic, removeTopics } from '../kafka.mjs';
import { alternate } from '../rounds.mjs';
import { durability, makeServiceDatabase, openServers } from '../server.mjs';

export const title = 'a log carried to Kafka, facts a second';
export const plan = {
  full: { rounds: 5, events: 200_000, batch: 1000, partitions: 4 },
  quick: { rounds: 1, events: 10_000 },
};

const warmUp = 'bench.relay.first';

export async function measure(room) {
  const { rounds, events, batch, partitions } = room.plan;
  const { adminUrl, kafka } = await room.own(openServers({ kafka: true }, room.say));
  const { ownerUrl, appUrl: url } = await makeServiceDatabase(adminUrl, 'relay');
  await fill(ownerUrl, { to: events, say: room.say });
  const checks = { garda: [], kafkajs: [] };
  const relayTo = async (topic, nodeArgs) => {
    await makeTopic(kafka, topic, partitions);
    return room.work('relay', { url, kafka, topic }, nodeArgs);
  };
  await relayTo(warmUp, []); // the peer sends what is read back from here
  const once = async ({ name }, round) => {
    const topic = `bench.relay.${name}.${round}`;
    if (name === 'kafkajs') await makeTopic(kafka, topic, partitions);
    const result =
      name === 'garda'
        ? await room.profiled('relay', (args) => relayTo(topic, args))
        : await room.work('produce', { kafka, source: warmUp, topic, batch });
    checks[name].push(await checkTopic(kafka, topic, events));
    await removeTopics(kafka, [topic]);
    room.say(`round ${round}: ${name}: ${Math.round(result.perSecond)}/s, ${JSON.stringify(checks[name].at(-1))}`);
    return result;
  };
  const runs = await alternate(rounds, [{ name: 'garda' }, { name: 'kafkajs' }], once);
  const rate = (name) =>
    figure(
      'facts/s',
      runs[name].map((run) => run.perSecond),
    );
  const figures = { garda: rate('garda'), kafkajs: rate('kafkajs') };
  const toPeer = ratio(figures.garda, figures.kafkajs);
  return {
    figures,
    ratios: { 'garda / kafkajs': toPeer },
    targets: [atLeast('garda / kafkajs', 0.5, toPeer)],
    integrity: { garda: totals(checks.garda), kafkajs: totals(checks.kafkajs) },
    notes: [
      'The log was filled set-wise by its owner. Ours reads it from PostgreSQL, numbers it, sends 500 at a time and moves',
      `its checkpoint after each send; kafkajs sends the same bytes from memory, ${batch} at a time, each send awaited.`,
      'Checked in the topic by a plain reader: each position once, seq dense and in order in each partition.',
    ],
    server: await durability(adminUrl),
  };
}
