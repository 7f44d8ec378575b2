/** The analyst's replay of a whole topic, decoded and folded, beside kafkajs reading it without looking inside. */
import { atLeast, figure, ratio, totals } from '../figures.mjs';
import { factsPerCase, fill } from '../fill.mjs';
import { makeTopic } from '../kafka.mjs';
import { alternate } from '../rounds.mjs';
import { durability, makeServiceDatabase, openServers } from '../server.mjs';

export const title = 'a topic replayed by the analyst, facts a second';
export const plan = {
  full: { rounds: 5, events: 1_000_000, partitions: 4 },
  quick: { rounds: 1, events: 20_000 },
};

export async function measure(room) {
  const { rounds, events, partitions } = room.plan;
  const { adminUrl, kafka } = await room.own(openServers({ kafka: true }, room.say));
  const source = await makeServiceDatabase(adminUrl, 'source');
  const topic = 'bench.replay';
  await fill(source.ownerUrl, { to: events, say: room.say });
  await makeTopic(kafka, topic, partitions);
  const { seconds: relayed } = await room.work('relay', { url: source.appUrl, kafka, topic });
  room.say(`the topic was written in ${Math.round(relayed)} s`);
  const checks = { garda: [], kafkajs: [] };
  const digests = new Set();
  const once = async ({ name }, round) => {
    const result =
      name === 'garda'
        ? await room.profiled('replay', (args) => room.work('replay', { kafka, topic }, args))
        : await room.work('read', { kafka, topic, maxWaitTimeInMs: 5000 });
    const seen = result.facts ?? result.records;
    if (result.digest !== undefined) digests.add(result.digest);
    const cases =
      result.cases === undefined ? {} : { different: Math.abs(result.cases - Math.ceil(events / factsPerCase)) };
    checks[name].push({
      acknowledged: events,
      missing: Math.max(0, events - seen),
      doubled: Math.max(0, seen - events),
      ...cases,
    });
    room.say(`round ${round}: ${name}: ${Math.round(result.perSecond)}/s, ${JSON.stringify(checks[name].at(-1))}`);
    return result;
  };
  const runs = await alternate(rounds, [{ name: 'garda' }, { name: 'kafkajs' }], once);
  const rate = (name) =>
    figure(
      'facts/s',
      runs[name].map((run) => run.perSecond),
    );
  const figures = {
    garda: rate('garda'),
    kafkajs: rate('kafkajs'),
    'garda, memory': figure(
      'MB',
      runs.garda.map((run) => run.memory / 2 ** 20),
    ),
  };
  const toPeer = ratio(figures.garda, figures.kafkajs);
  return {
    figures,
    ratios: { 'garda / kafkajs reading': toPeer },
    targets: [atLeast('garda / kafkajs reading', 0.5, toPeer)],
    integrity: {
      garda: { ...totals(checks.garda), digests: digests.size, disordered: digests.size - 1 },
      kafkajs: totals(checks.kafkajs),
    },
    notes: [
      'Ours decodes every header and body, checks each seq, sorts by position, folds each case by the rules and makes the digest.',
      'Checked: every fact there, every case there, and the same digest in each round.',
    ],
    server: await durability(adminUrl),
  };
}
