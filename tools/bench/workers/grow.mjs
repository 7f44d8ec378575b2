/** What a service asks of its log, at whatever length it has: appends, the load of a case, the tail. In milliseconds. */
import { performance } from 'node:perf_hooks';
import { median, spread } from '../figures.mjs';
import { placeOf } from '../fill.mjs';
import { eventStore } from '../libs.mjs';

export async function run({ url, length, looks }) {
  const { EventLog, openPool } = eventStore();
  const pool = openPool(url, { max: 4 });
  const log = new EventLog({ pool });
  const head = await log.head();
  const load = await timed(looks, async (n) => {
    const position = 1 + Math.floor((length - 1) * ((n * 0.618034) % 1)); // all over the log, the same every time
    const { events } = await log.load(`case-${placeOf(position).caseId}`);
    if (events.length === 0) throw new Error('an empty case');
  });
  const tail = await timed(looks, async () => {
    const events = await log.readFrom(head - 100n, 100);
    if (events.length !== 100) throw new Error(`${events.length} facts at the tail`);
  });
  await log.close();
  await pool.end();
  return { load, tail };
}

async function timed(count, work) {
  const waits = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    await work(n);
    if (n >= count / 10) waits.push(performance.now() - began);
  }
  return { ...spread(waits), middle: median(waits) };
}
