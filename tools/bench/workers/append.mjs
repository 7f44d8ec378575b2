/** Appends of one peer: callers that wait for their own durable result, or arrivals at a fixed rate. */
import { performance } from 'node:perf_hooks';
import { percentile, spread } from '../figures.mjs';
import { text } from '../payload.mjs';

const eventsPerStream = 10;

/** `oneStream`: all callers on one stream, whatever its version. `rate`: arrivals a second instead of callers. */
export async function run({ peer, url, callers, milliseconds, warmUp, run: name, pool, oneStream = false, rate }) {
  const { open } = await import(`../peers/${peer}.mjs`);
  const log = await open({ url, pool: pool ?? callers });
  const begin = performance.now() + warmUp;
  const tally = new Tally(begin, begin + milliseconds);
  const ask = (number, n) => {
    const version = n % eventsPerStream;
    const stream = oneStream ? `case-${name}` : `case-${name}-${number}-${(n - version) / eventsPerStream}`;
    return log.append({
      stream,
      version: oneStream ? undefined : version,
      data: { run: name, ask: `${number}-${n}`, text },
    });
  };
  if (rate === undefined) await Promise.all(Array.from({ length: callers }, (_, number) => caller(number, ask, tally)));
  else await arrivals(rate, ask, tally);
  await log.close();
  return tally.answer(milliseconds);
}

/** Asks, waits for its own durable result, asks again: stream after stream of ten events. */
async function caller(number, ask, tally) {
  for (let n = 0; performance.now() < tally.end; n += 1) {
    const done = await tally.timed(performance.now(), () => ask(number, n));
    if (!done) n += eventsPerStream - (n % eventsPerStream) - 1; // its stream is at an unknown version now: the next one
  }
}

/** One stream each; waits are counted from the moment an arrival was due, so that a late start is not forgiven. */
async function arrivals(rate, ask, tally) {
  const began = performance.now();
  const waiting = new Set();
  for (let n = 0; ; n += 1) {
    const due = began + (n * 1000) / rate;
    if (due >= tally.end) break;
    while (performance.now() < due)
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now() - 1)));
    const one = tally.timed(due, () => ask(n, 0)).finally(() => waiting.delete(one));
    waiting.add(one);
    if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(waiting);
}

class Tally {
  #latencies = [];
  #counts = { acknowledged: 0, failed: 0 };
  #firstError;
  constructor(begin, end) {
    this.begin = begin;
    this.end = end;
  }

  async timed(since, work) {
    try {
      await work();
    } catch (error) {
      this.#counts.failed += 1;
      this.#firstError ??= String(error);
      return false;
    }
    this.#counts.acknowledged += 1;
    const answered = performance.now();
    if (answered >= this.begin && answered < this.end) this.#latencies.push(answered - since);
    return true;
  }

  answer(milliseconds) {
    const p999 = percentile(this.#latencies, 0.999);
    const error = this.#firstError === undefined ? {} : { firstError: this.#firstError };
    return {
      perSecond: this.#latencies.length / (milliseconds / 1000),
      ...spread(this.#latencies),
      p999,
      ...this.#counts,
      ...error,
    };
  }
}
