/**
 * node tools/bench.mjs append [--json] [--quick] [--callers=1,64]: durable appends of our log beside Emmett and pgbench, on one server.
 * Exit code 1 when an event of ours is missing, doubled or out of count, or when a full run misses a target.
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { openEmmett, openGarda, openPgbench } from './peers.mjs';
import { clients } from './peers/pgbench.mjs';
import { integrityOf, print, ratios, summary, targets } from './report.mjs';
import { durability, openServer, query } from './server.mjs';

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const json = args.includes('--json');
const say = (line) => console.error(line);
const chosen = args.find((arg) => arg.startsWith('--callers='))?.slice('--callers='.length);
const callerCounts = chosen === undefined ? [1, 16, 64, 256] : chosen.split(',').map(Number);
const plan = quick
  ? { rounds: 1, milliseconds: 1000, warmUp: 300, tryMilliseconds: 500, pools: [16] }
  : { rounds: 5, milliseconds: 4000, warmUp: 1000, tryMilliseconds: 2000, pools: [8, 16, 32, 64] };
const text = 'Jalan desa rusak sejak hujan pertama, dan warga menunggu jawaban dari kecamatan. '.repeat(7);

if (args[0] !== 'append' || !callerCounts.every((callers) => callers > 0)) {
  say('Usage: npm run bench -- append [--json] [--quick] [--callers=1,16,64,256]');
  process.exit(2);
}

const server = await openServer(say);
const peers = [];
const stopped = new Promise((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => reject(new Error(`stopped by ${signal}`)));
});
let answer;
try {
  answer = await Promise.race([measure(), stopped]);
} finally {
  for (const peer of peers) await peer.remove();
  await server.stop();
}
print(answer, json ? say : console.log);
if (json) console.log(JSON.stringify(answer));
const { missing, doubled, holes } = answer.integrity.garda;
const missed = !quick && answer.targets.some((target) => target.met === false);
process.exit(missing + doubled + holes > 0 || missed ? 1 : 0);

async function measure() {
  const opened = [await openGarda(server.adminUrl), await openEmmett(server.adminUrl)];
  peers.push(...opened.filter(Boolean));
  const pgbench = await openPgbench(server.adminUrl, text);
  if (pgbench === undefined) say('No pgbench on this machine: its target is not measured.');
  else peers.push(pgbench);
  const [garda, emmett] = opened;
  const settings = await durability(garda.url);
  if (settings.fsync !== 'on' || settings.synchronous_commit !== 'on')
    throw new Error(`These would not be durable appends: ${JSON.stringify(settings)}`);

  const emmettPools = {};
  for (const callers of callerCounts) emmettPools[callers] = await bestPool(emmett, callers);
  const runs = { garda: {}, emmett: {}, ...(pgbench === undefined ? {} : { pgbench: {} }) };
  for (let round = 1; round <= plan.rounds; round += 1) {
    for (const callers of callerCounts) {
      // Who goes first changes from round to round: a server that slows down must not fall on one peer alone.
      const order = round % 2 === 1 ? [garda, emmett] : [emmett, garda];
      for (const peer of order) {
        const pool = peer === emmett ? emmettPools[callers] : undefined;
        await once(runs, peer, { callers, pool }, round);
      }
      if (callers === 64 && pgbench !== undefined) await once(runs, pgbench, { callers: clients }, round);
    }
  }
  return results(runs, { settings, emmettPools, pgbenchVersion: pgbench?.version ?? null });
}

async function once(runs, peer, options, round) {
  const run = `${round}-${options.callers}`;
  await query(server.adminUrl, 'checkpoint');
  const result = await peer.run({ ...options, milliseconds: plan.milliseconds, warmUp: plan.warmUp, run });
  const integrity = await peer.check(result, run);
  (runs[peer.name][options.callers] ??= []).push({ ...result, integrity });
  const rate = Math.round(result.perSecond);
  say(`round ${round}: ${peer.name} with ${options.callers}: ${rate}/s, ${JSON.stringify(integrity)}`);
}

/** Emmett at its best: the pool size that is fastest for this number of callers, found before the runs. */
async function bestPool(emmett, callers) {
  const sizes = [...new Set(plan.pools.map((size) => Math.min(size, callers)))];
  let best = { size: sizes[0], perSecond: -1 };
  if (sizes.length === 1) return best.size;
  for (const size of sizes) {
    const run = `pool-${callers}-${size}`;
    const { perSecond } = await emmett.run({
      callers,
      pool: size,
      milliseconds: plan.tryMilliseconds,
      warmUp: 500,
      run,
    });
    if (perSecond > best.perSecond) best = { size, perSecond };
  }
  say(`emmett with ${callers}: best pool size ${best.size} of ${sizes.join(', ')}`);
  return best.size;
}

function results(runs, { settings, emmettPools, pgbenchVersion }) {
  const map = (object, work) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, work(value)]));
  const figures = map(runs, (byCallers) => map(byCallers, summary));
  const seen = ratios(figures);
  const emmettPackage = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));
  return {
    bench: 'append',
    quick,
    rounds: plan.rounds,
    payloadBytes: Buffer.byteLength(JSON.stringify({ run: '1-1', ask: '0-0', text })),
    figures,
    ratios: seen,
    targets: targets(seen),
    integrity: map(runs, (byCallers) => integrityOf(Object.values(byCallers).flat())),
    emmettPools,
    server: settings,
    versions: {
      node: process.version,
      emmett: emmettPackage.dependencies['@event-driven-io/emmett-postgresql'],
      pgbench: pgbenchVersion,
    },
    machine: { cpus: cpus().length, model: cpus()[0]?.model ?? null },
  };
}
