import { canonicalJson, type RecordedEvent } from '@garda/contracts';
import { EventLog } from '@garda/event-store';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { caseIdOf, notes, notesFold, withLogs, type Notes } from '../test/logs';
import { foldProjection } from './fold-projection';
import type { LocalProjection } from './projection';
import { ProjectionRunner } from './projection-runner';

/**
 * A new version is filled beside the old one while writers go on and replicas of both programs come and go. At the end
 * both hold what a fold of the log gives, and no reader of the view ever saw a case go back.
 */
const database = withLogs();
let run = 0;

const versionOf = (name: string, version: number): LocalProjection =>
  foldProjection<Notes>({
    ...{ name, version, caseIdOf, fold: notesFold },
    ...(version > 1 ? { columns: { last: 'int' }, toRow: ({ last }: Notes) => ({ last: last?.n }) } : {}),
  });

/** What happens, in order: a few writes, a replica of the old or the new program that starts, or one that stops. */
const deed = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      cases: fc.array(fc.nat(5), { minLength: 1, maxLength: 8 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('start' as const),
      version: fc.constantFrom(1, 2, 2),
      batchSize: fc.integer({ min: 1, max: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stop' as const), nth: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pause' as const), ms: fc.integer({ min: 1, max: 25 }) }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

class Stage {
  readonly cases: readonly string[] = Array.from({ length: 6 }, () => randomUUID());
  readonly faults: unknown[] = [];
  private readonly runners: ProjectionRunner[] = [];
  private written = 0;

  constructor(
    readonly name: string,
    private readonly log: EventLog,
  ) {}

  async start(version: number, batchSize: number): Promise<ProjectionRunner> {
    const onError = (error: unknown): void => void this.faults.push(error);
    const projection = versionOf(this.name, version);
    const runner = new ProjectionRunner({ pool: database().pool, log: this.log, projection, onError, batchSize });
    await runner.start();
    this.runners.push(runner);
    return runner;
  }

  async do(deed: Deed): Promise<void> {
    if (deed.kind === 'start') await this.start(deed.version, deed.batchSize);
    else if (deed.kind === 'stop') await this.runners[deed.nth % this.runners.length]?.stop();
    else if (deed.kind === 'pause') await new Promise((resolve) => setTimeout(resolve, deed.ms));
    else
      await Promise.all(deed.cases.map((n) => this.log.append(notes(this.cases[n] as string, [(this.written += 1)]))));
  }

  stop = (): Promise<unknown> => Promise.all(this.runners.map((runner) => runner.stop()));
}

interface Shown {
  readonly case_id: string;
  readonly version: number;
  readonly state: string;
}
async function shown(from: string): Promise<Shown[]> {
  const query = `select case_id, version::int, state::text as state from read.${from} order by case_id`;
  return (await database().pool.query<Shown>(query)).rows;
}

/** Reads the view until told to stop; answers what a reader may never see. */
async function watch(name: string, over: { now: boolean }): Promise<string[]> {
  const found: string[] = [];
  const last = new Map<string, number>();
  while (!over.now) {
    for (const { case_id: id, version, state } of await shown(name)) {
      if (version < (last.get(id) ?? 0)) found.push(`${id} went back from ${last.get(id)} to ${version}`);
      if ((JSON.parse(state) as Notes).numbers.length !== version) found.push(`${id}: a state of another version`);
      last.set(id, version);
    }
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  return found;
}

function folded(events: readonly RecordedEvent[], cases: readonly string[]): Shown[] {
  const found = cases.flatMap((id) => {
    const own = events.filter((event) => caseIdOf(event) === id);
    const state = own.reduce((s, event) => notesFold.evolve(s, event), notesFold.initial);
    return own.length === 0 ? [] : [{ case_id: id, version: own.length, state: canonicalJson(state) }];
  });
  return found.sort((a, b) => (a.case_id < b.case_id ? -1 : 1));
}

it('both versions equal a fold of the log, and the view only goes forward', async () => {
  const log = new EventLog({ pool: database().pool });
  const property = async (deeds: readonly Deed[]): Promise<void> => {
    const stage = new Stage(`blue_green_${(run += 1)}`, log);
    await (await stage.start(1, 3)).waitFor(await log.head());
    const over = { now: false };
    const watching = watch(stage.name, over);
    try {
      for (const one of deeds) await stage.do(one);
      const head = await log.head();
      for (const version of [1, 2]) expect(await (await stage.start(version, 50)).waitFor(head, 20_000)).toBe(true);
      await isLive(stage.name, 2);
      const own = (await log.readFrom(0n, 100_000)).filter((event) => stage.cases.includes(caseIdOf(event) ?? ''));
      const ofThisRun = (rows: Shown[]): Shown[] => rows.filter(({ case_id: id }) => stage.cases.includes(id));
      for (const table of [`${stage.name}_v1`, `${stage.name}_v2`, stage.name])
        expect(ofThisRun(await shown(table))).toEqual(folded(own, stage.cases));
    } finally {
      over.now = true;
      await stage.stop();
    }
    expect(await watching).toEqual([]);
    expect(stage.faults).toEqual([]);
  };
  await fc.assert(fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 16 }), property), { numRuns: 15 });
}, 120_000);

async function isLive(name: string, version: number): Promise<void> {
  for (;;) {
    const { rows } = await database().pool.query(`select obj_description('read.${name}'::regclass) as says`);
    if (rows[0]?.says === `version ${version}`) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
