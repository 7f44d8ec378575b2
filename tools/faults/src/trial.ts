import { logNames } from './world/services';
import { DidNotStrike, type Fault, type Stage, type Struck } from './faults/fault';
import type { Case } from './load/cases';
import { Load } from './load/load';
import type { Tokens } from './load/tokens';
import type { Command } from './load/told';
import { judge, judgeLogs } from './oracle/judge';
import { readDatabase, readGatewayViews, readPublicCases } from './oracle/read-databases';
import { readTopics } from './oracle/read-topics';
import type { Snapshot, Violation } from './oracle/snapshot';
import { Random } from './random';
import { judgeReplay } from './replay';
import type { Run } from './report';
import { settle } from './settle';
import { until } from './world/process';
import { databases } from './world/services';
import type { World } from './world/world';

const clients = 260;
/** Fewer than this under way at the strike, and the run shows too little. */
const leastInFlight = 200;
const settleWithinMs = 300_000;
const partitions = 4;

export interface TrialOptions {
  readonly seed: number;
  readonly run: number;
  readonly outageMs: number;
  readonly tokens: Tokens;
  /** Every command of this world so far: the oracle judges the whole of it. */
  readonly before: Command[];
  /** Cases of this world whose stories go on: what the load does is not always the beginning. */
  readonly cases: Case[];
  readonly say: (line: string) => void;
}

/** One run of one fault: load, strike, heal, rest, verdict. */
export async function trial(world: World, fault: Fault, options: TrialOptions): Promise<Run> {
  const began = Date.now();
  const { stage, load } = stageOf(world, options);
  const eventsBefore = await eventsIn(world);
  const found: Violation[] = [];
  let struck: Struck | undefined;
  let proof = '';
  let inFlight = 0;
  await fault.prepare?.(world, stage.urls);
  load.start();
  try {
    await warmUp(load);
    inFlight = load.inFlight;
    struck = await fault.strike(stage);
    proof = struck.proof;
    options.say(`${fault.name}: struck with ${inFlight} in flight: ${proof}`);
    found.push(...(await recover(stage, struck)));
  } catch (error) {
    await load.stop();
    if (!(error instanceof DidNotStrike)) {
      options.before.push(...load.commands);
      throw error;
    }
    found.push({ rule: 'the fault strikes', words: error.message });
    await world.heal();
  }
  options.before.push(...load.commands);
  found.push(
    ...(await (struck?.instead === undefined ? verdict(world, options) : standstill(world, options, struck.instead))),
  );
  const { seed, run } = options;
  return {
    ...{ fault: fault.name, run, seed, proof, inFlight, violations: found },
    outcome: found.length === 0 ? 'passed' : 'failed',
    commands: load.commands.length,
    events: (await eventsIn(world)) - eventsBefore,
    seconds: Number(seconds(Date.now() - began)),
  };
}

function stageOf(world: World, { seed, outageMs, tokens, cases, say }: TrialOptions): { stage: Stage; load: Load } {
  const random = new Random(seed);
  const urls = { intake: [world.urls.intake], gateway: [world.urls.gateway] };
  const tokenOf = (person: string): string => tokens.of(person);
  const load = new Load({ random, clients, cases, urlsOf: (target) => urls[target], tokenOf });
  return { stage: { world, load, random, tokenOf, outageMs, urls, say }, load };
}

async function warmUp(load: Load): Promise<void> {
  await until('the load has come up', 60_000, () => load.acknowledged > 150 && load.inFlight >= leastInFlight);
}

/** Heals under load, lets the load run on for a while, then ends it. */
async function recover({ load, world, say }: Stage, struck: Struck): Promise<readonly Violation[]> {
  const began = Date.now();
  await struck.heal();
  await world.services.allReady();
  const healed = Date.now();
  const before = load.acknowledged;
  await until('commands are acknowledged again', 60_000, () => load.acknowledged > before + 100);
  const again = Date.now();
  await load.stop();
  const { length } = load.commands;
  say(
    `healed in ${seconds(healed - began)} s, 100 more acknowledged in ${seconds(again - healed)} s, the last outcome ` +
      `known in ${seconds(Date.now() - again)} s: ${length} commands, ${load.acknowledged} acknowledged`,
  );
  say(`acknowledged of all, by kind: ${load.kinds}`);
  return (await struck.after?.()) ?? [];
}

async function verdict(world: World, { before, say }: TrialOptions): Promise<Violation[]> {
  const began = Date.now();
  const moving = await settle(world, settleWithinMs);
  const rested = Date.now();
  const notSettled = moving.slice(0, 5).map((words) => ({ rule: 'everything comes to rest', words }));
  const replay = moving.length === 0 ? judgeReplay(world) : Promise.resolve([]);
  const [snapshot, replayed] = await Promise.all([snapshotOf(world), replay]);
  const read = Date.now();
  const found = [...notSettled, ...judge(before, snapshot, partitions), ...replayed];
  say(
    `at rest after ${seconds(rested - began)} s, everything read and folded again in ${seconds(read - rested)} s, ` +
      `judged in ${seconds(Date.now() - read)} s`,
  );
  return found;
}

async function standstill(
  world: World,
  { before }: TrialOptions,
  instead: NonNullable<Struck['instead']>,
): Promise<Violation[]> {
  const found = await instead();
  return [...found, ...judgeLogs(before, await snapshotOf(world))];
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

async function snapshotOf(world: World): Promise<Snapshot> {
  const { postgres, kafka } = world;
  const of = {} as Record<string, Snapshot['databases'][string]>;
  for (const name of databases) of[name] = await readDatabase(postgres.urlOf(name), name);
  const topics = logNames.flatMap((name) => [`garda.${name}.v1`, `garda.${name}.restricted.v1`]);
  return {
    databases: of,
    topics: await readTopics(kafka.client(), topics),
    ...(await readGatewayViews(postgres.urlOf('gateway'))),
    publicCases: await readPublicCases(postgres.urlOf('intake')),
  };
}

async function eventsIn({ postgres }: World): Promise<number> {
  let sum = 0;
  for (const name of logNames) {
    const [row] = await postgres.ask<{ n: number }>(
      name,
      'select coalesce(max(position), 0)::int as n from log.events',
    );
    sum += row?.n ?? 0;
  }
  return sum;
}
