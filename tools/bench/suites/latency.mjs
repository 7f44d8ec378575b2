/** From a citizen's submit over HTTP until the officer sees the case in his inbox, at half of what this whole way can take. */
import { below, figure, ratio, rounded, percentile, totals } from '../figures.mjs';
import { performance } from 'node:perf_hooks';
import { checkSubmissions, openInstance, quiet } from '../instance.mjs';
import { makeTopic } from '../kafka.mjs';
import { durability, makeDatabase } from '../server.mjs';

export const title = 'from a submit over HTTP to the officer who sees it in his inbox';
export const plan = {
  full: { rounds: 5, milliseconds: 20_000, every: 5, topMilliseconds: 8000, callers: 32, single: 1000 },
  quick: { rounds: 1, milliseconds: 3000, every: 5, topMilliseconds: 2000, callers: 16, single: 100 },
};

export async function measure(room) {
  const { rounds, milliseconds, every, single } = room.plan;
  const instance = await room.own(openInstance({ say: room.say, logLevel: 'warn' }));
  const { folder, urls } = instance;
  const kafka = {
    brokers: [instance.connections.kafka.brokers],
    username: 'admin',
    password: instance.secrets.kafka.admin,
  };
  const { ownerUrl: url } = await makeDatabase(instance.adminUrl, 'commit');
  await makeTopic(kafka, 'bench.single', 1);

  const top = await topLoad(room, instance);
  const checks = [{ ...(await checkSubmissions(instance, top.caseIds)), failed: top.failed }];
  const rate = Math.max(1, Math.floor(top.throughPerSecond / 2));
  room.say(
    `intake takes ${Math.round(top.perSecond)} submits/s, ${top.throughPerSecond.toFixed(1)}/s get through: measured at ${rate}/s`,
  );

  const [runs, alone] = [[], []];
  for (let round = 1; round <= rounds; round += 1) {
    const commit = await room.work('commit', { url, count: single });
    const produce = await room.work('produce-one', { kafka, topic: 'bench.single', count: single });
    alone.push(commit.p50 + produce.p50);
    const options = { folder, urls, person: 'dishub.officer', rate, every, milliseconds, first: runs.length * 100_000 };
    const run = await room.work('latency', options);
    checks.push({ ...(await checkSubmissions(instance, run.caseIds)), failed: run.failed, unseen: run.unseen });
    runs.push(run);
    room.say(
      `round ${round}: p50 ${run.p50} ms, p99 ${run.p99} ms of ${run.probes} seen in ${run.looks} looks; ${JSON.stringify(checks.at(-1))}`,
    );
    await quiet(instance);
  }
  const all = runs.flatMap((run) => run.waits);
  const of = (name) =>
    figure(
      'ms',
      runs.map((run) => run[name]),
    );
  const figures = {
    'garda, p50': of('p50'),
    'garda, p99': of('p99'),
    'one commit and one produce': figure('ms', alone),
  };
  const found = totals(checks);
  return {
    figures,
    ratios: {
      'p50 / one commit and one produce': ratio(figures['garda, p50'], figures['one commit and one produce']),
      'p99 / one commit and one produce': ratio(figures['garda, p99'], figures['one commit and one produce']),
    },
    targets: [below('p99 of every round, in ms', 250, figures['garda, p99'].median)],
    // A case that the officer never saw is as good as lost.
    integrity: { garda: { ...found, missing: found.missing + found.unseen } },
    settings: {
      intakePerSecond: rounded(top.perSecond),
      submitsPerSecond: rate,
      p99OfAllRounds: rounded(percentile(all, 0.99)),
    },
    notes: [
      "The whole way: HTTP, intake's log, its topic, routing's reaction and log, its topic, the gateway's case file, its inbox",
      'over HTTP. Counted from the moment a submit was due; the officer looks again 5 ms after each answer, which is in the time.',
      'Checked: each answered case in the log once, each case of the officer seen by him.',
    ],
    server: await durability(instance.adminUrl),
  };
}

const warmUp = 2000;

/**
 * What intake answers, and what gets through to the case files: intake answers more than the services behind it can follow,
 * so the time until nothing is on its way any more counts.
 */
async function topLoad(room, instance) {
  const { topMilliseconds: milliseconds, callers } = room.plan;
  const top = await room.work('submit', { url: instance.urls.intake, callers, milliseconds, warmUp });
  const answered = performance.now();
  await quiet(instance);
  const seconds = (warmUp + milliseconds + performance.now() - answered) / 1000;
  return { ...top, throughPerSecond: top.caseIds.length / seconds };
}
