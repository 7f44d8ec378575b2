/**
 * A service in one process, as it rebuilds: appends at a fixed rate, its live projection, and the new version beside it.
 * First the appends alone for a while, then with the rebuild; the rebuild is over when the new version has caught up.
 */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { spread } from '../figures.mjs';
import { domain, eventStore, projection } from '../libs.mjs';
import { pause, until } from '../rounds.mjs';

export async function run({ url, live, next, rate, alone, name }) {
  const { EventLog, openPool } = eventStore();
  const pool = openPool(url, { max: 20 });
  const log = new EventLog({ pool });
  const start = async (version) => {
    const { ProjectionRunner } = projection();
    const onError = (error) => void (failure = error);
    const runner = new ProjectionRunner({ pool, log, projection: folded(version), onError });
    await runner.start();
    return runner;
  };
  let failure;
  const current = live === 0 ? undefined : await start(live);
  if (current !== undefined)
    await until(async () => current.status().position >= (await log.head()), { what: 'the live version' });
  const writer = new Writer(log, rate, name);
  await writer.run(() => performance.now() - writer.began < alone);
  const quiet = writer.take();
  const head = await log.head();
  const began = performance.now();
  const used = process.cpuUsage();
  const rebuilt = await start(next);
  let [seconds, cpu] = [];
  const reached = rebuilt.waitFor(head, 600_000).then((done) => {
    if (!done) throw failure ?? new Error('the rebuild did not end');
    seconds = (performance.now() - began) / 1000;
    cpu = process.cpuUsage(used);
  });
  await writer.run(() => seconds === undefined && failure === undefined);
  await reached;
  const beside = writer.take();
  const last = await log.head();
  for (const runner of [rebuilt, current]) if (runner !== undefined) await runner.waitFor(last, 60_000);
  for (const runner of [rebuilt, current]) await runner?.stop();
  await log.close();
  await pool.end();
  return {
    seconds,
    events: Number(head),
    perSecond: Number(head) / seconds,
    microsecondsPerFact: (cpu.user + cpu.system) / Number(head),
    quiet: spread(quiet),
    beside: spread(beside),
    acknowledged: writer.acknowledged,
  };
}

/** The state of a case by the rules of resolution, as that service keeps it. */
function folded(version) {
  const { resolutionFold } = domain();
  return projection().foldProjection({
    ...{ name: 'rebuilt', version, fold: resolutionFold },
    caseIdOf: ({ streamId }) => (streamId.startsWith('case-') ? streamId.slice('case-'.length) : undefined),
    columns: { status: 'text', unit: 'text' },
    toRow: (state) => ({ status: state.status, unit: state.work?.unit ?? null }),
    indexes: ['(unit, status)'],
  });
}

/** New cases at a fixed rate; waits count from the moment an append was due. */
class Writer {
  acknowledged = 0;
  #latencies = [];
  constructor(log, rate, name) {
    Object.assign(this, { log, rate, name });
  }

  async run(goesOn) {
    this.began = performance.now();
    const waiting = new Set();
    for (let n = 0; goesOn(); n += 1) {
      const due = this.began + (n * 1000) / this.rate;
      while (performance.now() < due) await pause(Math.max(0, due - performance.now() - 1));
      const one = this.#append().then(() => void this.#latencies.push(performance.now() - due));
      waiting.add(one);
      void one.finally(() => waiting.delete(one));
    }
    await Promise.all(waiting);
  }

  async #append() {
    const { newEventId } = eventStore();
    const [caseId, commandId] = [newEventId(), randomUUID()];
    const data = {
      caseId,
      terms: {},
      filedBy: { by: 'citizen' },
      sealTo: [],
      identity: 'none',
      content: 'public',
      papers: [],
    };
    const meta = { commandId, correlationId: commandId, actor: { kind: 'system', id: this.name } };
    const event = {
      type: 'CaseKnown',
      schemaVersion: 1,
      data,
      eventId: newEventId(),
      meta,
      occurredAt: new Date().toISOString(),
    };
    const request = {
      streamId: `case-${caseId}`,
      key: caseId,
      expected: 0,
      commandId,
      requestHash: null,
      result: null,
    };
    const outcome = await this.log.append({ ...request, events: [event] });
    if (outcome.status !== 'appended') throw new Error(outcome.status);
    this.acknowledged += 1;
  }

  /** The waits since the last time. */
  take() {
    const taken = this.#latencies;
    this.#latencies = [];
    return taken;
  }
}
