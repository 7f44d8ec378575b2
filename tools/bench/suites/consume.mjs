/** A projection and a reaction over a topic, beside kafkajs reading the same topic and doing nothing. */
import { atLeast, figure, ratio, totals } from '../figures.mjs';
import { factsPerCase, fill } from '../fill.mjs';
import { makeTopic } from '../kafka.mjs';
import { alternate } from '../rounds.mjs';
import { durability, makeServiceDatabase, openServers, query } from '../server.mjs';

export const title = 'a topic applied in order and once, records a second';
export const plan = {
  full: { rounds: 5, events: 200_000, partitions: 4 },
  quick: { rounds: 1, events: 20_000 },
};

export async function measure(room) {
  const { rounds, events, partitions } = room.plan;
  const { adminUrl, kafka } = await room.own(openServers({ kafka: true }, room.say));
  const source = await makeServiceDatabase(adminUrl, 'source');
  const topic = 'bench.consume';
  await fill(source.ownerUrl, { to: events, say: room.say });
  await makeTopic(kafka, topic, partitions);
  await room.work('relay', { url: source.appUrl, kafka, topic });
  const bench = { room, adminUrl, kafka, topic, events, checks: { garda: [], kafkajs: [] } };
  const contestants = ['projection', 'reaction', 'kafkajs'].map((name) => ({ name }));
  const runs = await alternate(rounds, contestants, (one, round) => once[one.name](bench, round));
  const rate = (name, unit) =>
    figure(
      unit,
      runs[name].map((run) => run.perSecond),
    );
  const figures = {
    'garda, projection': rate('projection', 'records/s'),
    'garda, reaction': rate('reaction', 'reactions/s'),
    kafkajs: rate('kafkajs', 'records/s'),
  };
  return {
    figures,
    ratios: { 'projection / kafkajs reading': ratio(figures['garda, projection'], figures.kafkajs) },
    targets: [atLeast('projection, records a second', 30_000, figures['garda, projection'].median)],
    integrity: { garda: totals(bench.checks.garda), kafkajs: totals(bench.checks.kafkajs) },
    notes: [
      'The projection folds each case with the rules of resolution and writes one row a case; one fact in ten is a new case,',
      'and that is what the reaction answers: with one fact of its own, appended to its log. Times include joining the group.',
      'kafkajs only reads. Checked: each case at its last version with every fact counted once; each reaction once, positions dense.',
    ],
    server: await durability(adminUrl),
  };
}

const once = {
  async projection({ room, adminUrl, kafka, topic, events, checks }, round) {
    const { appUrl: url } = await makeServiceDatabase(adminUrl, 'project');
    const result = await room.profiled('projection', (args) =>
      room.work('project', { url, kafka, topic, name: 'seen', events }, args),
    );
    const [row] = await query(
      url,
      `select coalesce(sum(facts), 0)::int as stored, coalesce(sum(version), 0)::int as reached,
        count(*) filter (where facts <> version)::int as different from read.seen`,
    );
    const { stored, reached, different } = row;
    const found = {
      acknowledged: events,
      missing: events - Math.min(stored, reached),
      doubled: Math.max(0, stored - events),
    };
    checks.garda.push({ ...found, different, parked: result.parked });
    return said(room, round, 'projection', result, checks.garda.at(-1));
  },

  async reaction({ room, adminUrl, kafka, topic, events, checks }, round) {
    const { appUrl: url, ownerUrl } = await makeServiceDatabase(adminUrl, 'react');
    const cases = Math.ceil(events / factsPerCase);
    const result = await room.profiled('reaction', (args) =>
      room.work('react', { url, kafka, topic, name: 'hears', cases }, args),
    );
    const [row] = await query(
      ownerUrl,
      `select count(*)::int as stored, count(distinct stream_id)::int as streams,
        (coalesce(max(position), 0) - count(*))::int as holes from log.events`,
    );
    const { stored, streams, holes } = row;
    checks.garda.push({
      acknowledged: cases,
      missing: cases - streams,
      doubled: stored - streams,
      holes,
      parked: result.parked,
    });
    return said(room, round, 'reaction', result, checks.garda.at(-1));
  },

  async kafkajs({ room, kafka, topic, events, checks }, round) {
    const result = await room.work('read', { kafka, topic });
    checks.kafkajs.push({
      acknowledged: events,
      missing: Math.max(0, events - result.records),
      doubled: Math.max(0, result.records - events),
    });
    return said(room, round, 'kafkajs', result, checks.kafkajs.at(-1));
  },
};

function said(room, round, name, result, check) {
  room.say(`round ${round}: ${name}: ${Math.round(result.perSecond)}/s, ${JSON.stringify(check)}`);
  return result;
}
