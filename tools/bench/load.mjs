/** One run of one peer in a process of its own: `load.mjs PEER {"url":…,"callers":…,"milliseconds":…,"run":…}`; answers one line of JSON. */
import { performance } from 'node:perf_hooks';

const [peerName, given] = process.argv.slice(2);
const { url, callers, milliseconds, warmUp, run, pool } = JSON.parse(given);
const { open } = await import(`./peers/${peerName}.mjs`);
const eventsPerStream = 10;
/** The same bytes for every peer: at least 500 as JSON. */
const text = 'Jalan desa rusak sejak hujan pertama, dan warga menunggu jawaban dari kecamatan. '.repeat(7);

const log = await open({ url, pool: pool ?? callers, inFlight: 2 });
let acknowledged = 0;
let measured = 0;
let failed = 0;
let firstError;
const latencies = [];
const begin = performance.now() + warmUp;
const end = begin + milliseconds;

/** Asks, waits for its own durable result, asks again: stream after stream of ten events. */
async function caller(number) {
  for (let n = 0; performance.now() < end; n += 1) {
    const version = n % eventsPerStream;
    const stream = `case-${run}-${number}-${(n - version) / eventsPerStream}`;
    const asked = performance.now();
    try {
      await log.append({ stream, version, data: { run, ask: `${number}-${n}`, text } });
    } catch (error) {
      failed += 1;
      firstError ??= String(error);
      n += eventsPerStream - version - 1; // its stream is at an unknown version now: the next one
      continue;
    }
    acknowledged += 1;
    const answered = performance.now();
    if (answered >= begin && answered < end) {
      measured += 1;
      latencies.push(answered - asked);
    }
  }
}

await Promise.all(Array.from({ length: callers }, (_, number) => caller(number)));
await log.close();
latencies.sort((a, b) => a - b);
const at = (part) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))] ?? null;
console.log(
  JSON.stringify({
    perSecond: measured / (milliseconds / 1000),
    p50: at(0.5),
    p99: at(0.99),
    acknowledged,
    failed,
    ...(firstError === undefined ? {} : { firstError }),
  }),
);
