/** Submits over HTTP, everything checked, sealed and logged, beside the same resource as plain Nest and TypeORM. */
import { atLeast, figure, integrity, median, ratio, rounded, totals } from '../figures.mjs';
import { checkSubmissions, openInstance, profiledService, quiet } from '../instance.mjs';
import { alternate } from '../rounds.mjs';
import { durability, makeDatabase, query } from '../server.mjs';

export const title = 'submits over HTTP a second';
export const plan = {
  full: { rounds: 5, callers: 32, milliseconds: 8000, warmUp: 2000 },
  quick: { rounds: 1, callers: 16, milliseconds: 2000, warmUp: 1000 },
};

const others = ['routing', 'resolution', 'gateway'];

export async function measure(room) {
  const { nodeArgs, end } = profiledService(room, 'intake');
  const instance = await room.own(openInstance({ say: room.say, nodeArgs, logLevel: 'warn' }));
  const { ownerUrl: url } = await makeDatabase(instance.adminUrl, 'crud');
  const crud = await room.serve('crud', { url });
  const bench = { room, instance, crud: { ...crud, database: url }, checks: { garda: [], crud: [] }, saved: 0 };

  const whole = await alternate(room.plan.rounds, [{ name: wholeName }], (one, round) => once(bench, one, round));
  await quiet(instance);
  for (const service of others) await instance.stopService(service);
  const runs = await alternate(room.plan.rounds, [{ name: alone }, { name: peer }], (one, round) =>
    once(bench, one, round),
  );
  await end(instance);
  const figures = Object.fromEntries(Object.entries({ ...whole, ...runs }).map(([name, all]) => [name, summary(all)]));
  const toPeer = ratio(figures[alone], figures[peer]);
  return {
    figures,
    ratios: { 'intake / plain CRUD': toPeer, 'whole system / plain CRUD': ratio(figures[wholeName], figures[peer]) },
    targets: [atLeast('intake / plain CRUD', 2, toPeer)],
    integrity: { garda: totals(bench.checks.garda), crud: totals(bench.checks.crud) },
    notes: [
      'Intake checks the catalogue, makes a key for the applicant, seals, counts the public number, appends one fact with its',
      'command, waits until its own projections show it and opens the seal for the receipt. The peer checks the same schema',
      'and saves one row. In the first figure of ours the other services work beside it on the same machine; in the ratio',
      'only intake runs, with its relay. One Node process each. Checked: each answered case in the log or table once.',
    ],
    server: await durability(instance.adminUrl),
  };
}

const wholeName = 'garda, whole system';
const alone = 'garda, intake';
const peer = 'plain CRUD';

async function once(bench, { name }, round) {
  const { room, instance, crud, checks } = bench;
  const target = name === peer ? crud.url : instance.urls.intake;
  const result = await room.work('submit', { url: target, ...room.plan });
  const found =
    name === peer ? await checkCrud(bench, result.caseIds) : await checkSubmissions(instance, result.caseIds);
  checks[name === peer ? 'crud' : 'garda'].push({ ...found, failed: result.failed });
  room.say(
    `round ${round}: ${name}: ${Math.round(result.perSecond)}/s, ${JSON.stringify({ ...found, failed: result.failed })}`,
  );
  if (name === wholeName) await quiet(instance);
  return result;
}

async function checkCrud(bench, caseIds) {
  const [{ saved, different }] = await query(
    bench.crud.database,
    `select (select count(*)::int from "case") as saved, (select count(*)::int from "case" where "caseId" = any($1)) as different`,
    [caseIds],
  );
  const stored = saved - bench.saved;
  bench.saved = saved;
  return integrity(caseIds.length, { stored, different });
}

function summary(runs) {
  const middle = (name) => rounded(median(runs.map((run) => run[name])), 1);
  return figure(
    'submits/s',
    runs.map((run) => run.perSecond),
    { p50: middle('p50'), p99: middle('p99') },
  );
}
