/** What the whole system uses with nothing to do, with an empty log and with a very long one. */
import { below, figure, rounded } from '../figures.mjs';
import { fill } from '../fill.mjs';
import { openInstance, pidsOf, profiledService, quiet } from '../instance.mjs';
import { cpuSeconds } from '../proc.mjs';
import { pause } from '../rounds.mjs';
import { durability, query } from '../server.mjs';

export const title = 'the whole system with nothing to do, percent of one core';
export const plan = {
  full: { events: 10_000_000, seconds: 60, settle: 15 },
  quick: { events: 20_000, seconds: 5, settle: 2 },
};

const nodes = ['identity', 'intake', 'routing', 'resolution', 'gateway'];
const servers = ['postgres', 'kafka'];

export async function measure(room) {
  const { events, seconds, settle } = room.plan;
  const { nodeArgs, end } = profiledService(room, 'intake');
  const instance = await room.own(openInstance({ say: room.say, logLevel: 'warn', nodeArgs }));
  await quiet(instance);
  await pause(settle * 1000);
  const before = await watch(instance, seconds, room.say);
  await instance.stopService('resolution');
  const head = await lengthen(instance.connections.databases.resolution.owner, events, room.say);
  await instance.startService('resolution');
  await pause(settle * 1000);
  const after = await watch(instance, seconds, room.say);
  const stayed = await query(
    instance.connections.databases.resolution.owner,
    'select max(position)::int - $1 as new from log.events',
    [head],
  );
  await end(instance);
  const all = (seen) => rounded(nodes.reduce((sum, name) => sum + seen.cpu[name], 0));
  const sum = ({ transactions }) =>
    rounded(
      Object.values(transactions).reduce((a, b) => a + b, 0),
      1,
    );
  const [empty, long] = [all(before), all(after)];
  const rows = Object.fromEntries(
    [...nodes, ...servers].map((name) => [
      name,
      figure('%', [after.cpu[name]], { 'before the log was long': before.cpu[name] }),
    ]),
  );
  return {
    figures: {
      'all Node processes': figure('%', [long], { 'before the log was long': empty }),
      ...rows,
      'transactions of all databases': figure('/s', [sum(after)], { 'before the log was long': sum(before) }),
    },
    ratios: { 'long log / short log': empty === 0 ? null : rounded(long / empty) },
    targets: [
      below('all Node processes, percent of a core', 2, long),
      below('what a long log adds, percent of a core', 0.5, rounded(long - empty)),
    ],
    integrity: { garda: { acknowledged: 0, doubled: stayed[0].new } },
    notes: [
      `Processor time from the system's own account, over ${seconds} s each; the servers are listed beside it and do not count.`,
      `${events} facts were put into resolution's log set-wise and marked as relayed and projected by hand: nothing has to be`,
      'done about them. Transactions are those of all databases; a statement outside BEGIN is one.',
    ],
    server: await durability(instance.adminUrl),
  };
}

async function watch(instance, seconds, say) {
  const pids = pidsOf(instance);
  const look = async () => {
    const sql = `select datname as name, (xact_commit + xact_rollback)::int as count from pg_stat_database where datname = any($1)`;
    const rows = await query(instance.adminUrl, sql, [nodes]);
    const count = Object.fromEntries(rows.map((row) => [row.name, row.count]));
    return {
      at: performance.now(),
      cpu: Object.fromEntries([...nodes, ...servers].map((name) => [name, cpuSeconds(pids[name])])),
      count,
    };
  };
  const from = await look();
  await pause(seconds * 1000);
  const to = await look();
  const passed = (to.at - from.at) / 1000;
  const cpu = Object.fromEntries(
    Object.keys(to.cpu).map((name) => [name, rounded(((to.cpu[name] - from.cpu[name]) / passed) * 100)]),
  );
  const transactions = Object.fromEntries(
    Object.keys(to.count).map((name) => [name, rounded((to.count[name] - from.count[name]) / passed, 1)]),
  );
  const seen = { cpu, transactions };
  say(`over ${Math.round(passed)} s: ${JSON.stringify(seen)}`);
  return seen;
}

/** A log that is long and has nothing waiting: relay and projections stand at its end. */
async function lengthen(url, events, say) {
  const [{ head }] = await query(url, 'select coalesce(max(position), 0)::int as head from log.events');
  await fill(url, { from: head, to: head + events, say });
  await query(url, `update log.relay_checkpoint set position = $1`, [head + events]);
  await query(url, `update consume.projection_cursor set position = $1 where log = 'log'`, [head + events]);
  return head + events;
}
