/** Submits over HTTP with kept connections: callers that wait for their answer, or arrivals at a fixed rate. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { spread } from '../figures.mjs';
import { letter } from '../submission.mjs';

/** Answers { status, json }; a connection that breaks is an error. */
export function client(url, sockets) {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const ask = (method, path, { headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const more =
        text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
      const asked = request(new URL(path, url), { agent, method, headers: { ...headers, ...more } }, (reply) => {
        const chunks = [];
        reply.on('data', (chunk) => chunks.push(chunk));
        reply.on('error', reject);
        reply.on('end', () =>
          resolve({ status: reply.statusCode, headers: reply.headers, json: parsed(Buffer.concat(chunks)) }),
        );
      });
      asked.on('error', reject);
      asked.end(text);
    });
  return { ask, close: () => agent.destroy() };
}

const parsed = (bytes) => (bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8')));

export async function run({ url, callers, milliseconds, warmUp }) {
  const { ask, close } = client(url, callers);
  const begin = performance.now() + warmUp;
  const end = begin + milliseconds;
  const [caseIds, latencies] = [[], []];
  let failed = 0;
  const caller = async () => {
    while (performance.now() < end) {
      const asked = performance.now();
      const { status, json } = await ask('POST', '/cases', {
        headers: { 'idempotency-key': randomUUID() },
        body: letter,
      });
      const answered = performance.now();
      if (status !== 201 && status !== 202) {
        failed += 1;
        continue;
      }
      caseIds.push(json.caseId);
      if (answered >= begin && answered < end) latencies.push(answered - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  close();
  return { perSecond: latencies.length / (milliseconds / 1000), ...spread(latencies), caseIds, failed };
}
