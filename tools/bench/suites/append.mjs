/** Durable appends of our log beside Emmett, message-db, TypeORM and pgbench, on one server. */
import { atLeast, atMost, figure, integrity, median, ratio, rounded, totals } from '../figures.mjs';
import * as pgbench from '../peers/pgbench.mjs';
import { text } from '../payload.mjs';
import { alternate } from '../rounds.mjs';
import { durability, makeDatabase, openServers, query } from '../server.mjs';

export const title = 'durable appends a second, one event a call, each caller waiting for its own';
export const plan = {
  full: {
    rounds: 5,
    callers: [1, 16, 64, 256],
    milliseconds: 3000,
    warmUp: 1000,
    tryMilliseconds: 1500,
    pools: [8, 16, 32, 64],
  },
  quick: { rounds: 1, callers: [1, 64], milliseconds: 1000, warmUp: 300, tryMilliseconds: 500, pools: [16] },
};

/** Beside ours at every number of callers; the others at 64 only, to keep a run short. */
const everywhere = ['garda', 'emmett'];
const at64 = ['message-db', 'typeorm'];

export async function measure(room) {
  const { adminUrl } = await room.own(openServers({ kafka: false }, room.say));
  const server = await durability(adminUrl);
  const peers = {};
  for (const name of [...everywhere, ...at64])
    peers[name] = await (await import(`../peers/${name}.mjs`)).prepare(adminUrl);
  const bench = { room, adminUrl, peers, checks: {}, pools: await bestPools(room, peers) };
  const runs = await alternate(room.plan.rounds, await contestants(bench), (one, round) => once(bench, one, round));
  const figures = Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, summary(all)]));
  const half = await halfLoad(bench, figures[ours(64)] ?? figures[ours(room.plan.callers.at(-1))]);
  return { ...judged({ ...figures, ...half.figures }), ...told(bench, half), server };
}

const ours = (callers) => `garda ${callers}`;
const pgbenchName = `pgbench ${pgbench.clients}`;

async function contestants({ room, adminUrl, pools, peers }) {
  const all = room.plan.callers.flatMap((callers) => [
    ...everywhere.map((peer) => ({ name: `${peer} ${callers}`, peer, callers, pool: pools[`${peer} ${callers}`] })),
    ...(callers === 64 ? at64 : []).map((peer) => ({ name: `${peer} 64`, peer, callers, pool: pools[`${peer} 64`] })),
  ]);
  const one = ['garda', 'emmett', 'message-db'].map((peer) => ({
    ...{ name: `${peer} 64, one stream`, peer, callers: 64, oneStream: true, pool: pools[`${peer} 64`] ?? 16 },
  }));
  if (pgbench.version() === undefined) {
    room.say('No pgbench on this machine: its target is not measured.');
    return [...all, ...one];
  }
  peers.pgbench = await preparePgbench(adminUrl);
  return [...all, { name: pgbenchName, peer: 'pgbench', callers: pgbench.clients }, ...one];
}

async function preparePgbench(adminUrl) {
  const { ownerUrl: url } = await makeDatabase(adminUrl, 'pgbench');
  await query(url, pgbench.tableSql);
  const sql = 'select count(*)::int as stored, count(distinct ask)::int as different from single_row where run = $1';
  return { url, stored: async (run) => (await query(url, sql, [run]))[0] };
}

async function once({ room, adminUrl, peers, checks }, { name, peer, ...how }, round) {
  const { milliseconds, warmUp } = room.plan;
  const run = `${round}-${name.replaceAll(/\W+/g, '-')}`;
  await query(adminUrl, 'checkpoint');
  const options = { peer, url: peers[peer].url, run, milliseconds, warmUp, ...how };
  const result = await (peer === 'pgbench'
    ? pgbench.run({ ...options, text })
    : name === ours(64)
      ? room.profiled(name, (args) => room.work('append', options, args))
      : room.work('append', options));
  const found = integrity(result.acknowledged, await peers[peer].stored(run));
  (checks[peer] ??= []).push({ ...found, failed: result.failed });
  room.say(
    `round ${round}: ${name}: ${Math.round(result.perSecond)}/s, ${JSON.stringify(found)} ${result.firstError ?? ''}`,
  );
  return result;
}

/** A pool has a best size for each number of callers: found before the runs, for every peer that has one. */
async function bestPools({ plan: { callers, pools, tryMilliseconds }, work, say }, peers) {
  const best = {};
  const tries = [...callers.map((count) => ['emmett', count]), ...at64.map((peer) => [peer, 64])];
  for (const [peer, count] of tries) {
    const sizes = [...new Set(pools.map((size) => Math.min(size, count)))];
    const rates = [];
    for (const pool of sizes.length === 1 ? [] : sizes) {
      const options = { peer, url: peers[peer].url, callers: count, pool, milliseconds: tryMilliseconds, warmUp: 500 };
      rates.push((await work('append', { ...options, run: `pool-${count}-${pool}` })).perSecond);
    }
    best[`${peer} ${count}`] = sizes[Math.max(0, rates.indexOf(Math.max(...rates)))];
    say(`${peer} with ${count}: best pool size ${best[`${peer} ${count}`]} of ${sizes.join(', ')}`);
  }
  return best;
}

/** How long an append takes when half of what the log can take arrives, beside what one commit takes. */
async function halfLoad({ room, peers, adminUrl, checks }, { median: top }) {
  const { rounds, milliseconds, warmUp } = room.plan;
  const rate = Math.max(1, Math.floor(top / 2));
  const { ownerUrl } = await makeDatabase(adminUrl, 'commit');
  const [waits, commits] = [[], []];
  for (let round = 1; round <= rounds; round += 1) {
    commits.push(await room.work('commit', { url: ownerUrl, count: 2000 }));
    const run = `${round}-half`;
    const result = await room.work('append', {
      peer: 'garda',
      url: peers.garda.url,
      run,
      rate,
      callers: 1,
      milliseconds,
      warmUp,
    });
    checks.garda.push({ ...integrity(result.acknowledged, await peers.garda.stored(run)), failed: result.failed });
    waits.push(result);
    room.say(
      `round ${round}: garda at ${rate}/s: p50 ${result.p50} ms, p99 ${result.p99} ms; one commit ${commits.at(-1).p50} ms`,
    );
  }
  const of = (all, name) =>
    figure(
      'ms',
      all.map((one) => one[name]),
    );
  return {
    rate,
    figures: {
      'garda at half load, p50': of(waits, 'p50'),
      'garda at half load, p99': of(waits, 'p99'),
      'one commit': of(commits, 'p50'),
    },
  };
}

function summary(runs) {
  const middle = (name) => rounded(median(runs.map((run) => run[name]).filter((value) => value !== null)), 3);
  const failed = runs.reduce((sum, run) => sum + run.failed, 0);
  const waits = middle('p99') === null ? {} : { p50: middle('p50'), p99: middle('p99') };
  return figure(
    '/s',
    runs.map((run) => run.perSecond),
    { ...waits, ...(failed > 0 ? { failed } : {}) },
  );
}

function judged(figures) {
  const to = (peer, at = '64', own = at) => ratio(figures[`garda ${own}`], figures[`${peer} ${at}`]);
  const commits = ratio(figures['garda at half load, p99'], figures['one commit']);
  const ratios = {
    ...Object.fromEntries(
      Object.keys(figures)
        .filter((name) => /^emmett \d+$/.test(name))
        .map((name) => [`garda / ${name}`, to('emmett', name.slice('emmett '.length))]),
    ),
    ...Object.fromEntries(at64.map((peer) => [`garda / ${peer} 64`, to(peer)])),
    [`garda 64 / ${pgbenchName}`]: to('pgbench', '16', '64'),
    'garda / emmett on one stream': to('emmett', '64, one stream'),
    'p99 at half load / one commit': commits,
  };
  const targets = [
    atLeast('garda / emmett at 64 callers', 5, to('emmett')),
    atLeast('garda at 64 callers / pgbench with 16 clients', 1.5, to('pgbench', '16', '64')),
    atLeast('garda / emmett at 1 caller', 1.5, to('emmett', '1')),
    atMost('p99 at half load / one commit', 10, commits),
  ];
  return { figures, ratios, targets };
}

function told({ checks, pools }, { rate }) {
  return {
    integrity: Object.fromEntries(Object.entries(checks).map(([peer, all]) => [peer, totals(all)])),
    settings: { pools, halfLoadPerSecond: rate, payloadBytes: Buffer.byteLength(JSON.stringify({ text })) },
    versions: { pgbench: pgbench.version() ?? null },
    notes: [
      'On one stream no caller names a version, so nobody is refused; TypeORM has no such way and is left out there.',
      'At half load the waits count from the moment an arrival was due, each on a stream of its own.',
    ],
  };
}
