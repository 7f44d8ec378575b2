import { contexts } from '@garda/contracts';
import { z } from 'zod';
import { Gateway } from '../gateway';
import { HttpError } from '../http';
import type { Instance } from '../instance';
import { Tokens } from '../tokens';
import type { Output } from './output';
import { carriedOut, reasonOf } from './work';

const walked = z.array(
  z.object({
    topic: z.string(),
    events: z.number(),
    records: z.number(),
    digest: z.string(),
    finding: z.object({ in: z.string(), position: z.string(), code: z.string() }).optional(),
  }),
);
const adopted = z.object({
  adopted: z.array(
    z.object({
      topic: z.string(),
      from: z.string(),
      to: z.string(),
      events: z.number(),
      recordedUpTo: z.string().optional(),
    }),
  ),
  lost: z.record(z.string(), z.number()),
  state: z.string(),
});

const gatewayOf = (instance: Instance): Gateway => new Gateway(instance, new Tokens(instance));
const wanted = (service: string | undefined): readonly string[] => (service === undefined ? contexts : [service]);

/** Walks the logs of one service, or of all; every first wrong position is a line. Answers the exit code. */
export async function verifyLogs(instance: Instance, service: string | undefined, out: Output): Promise<number> {
  const door = gatewayOf(instance);
  let wrong = 0;
  for (const one of wanted(service)) {
    const work = await carriedOut(door, { service: one, path: 'log/verify' }, out);
    if (work.state === 'failed') {
      out.line(`${one}: not walked: ${reasonOf(work)}`);
      wrong += 1;
      continue;
    }
    for (const { topic, events, records, digest, finding } of walked.parse(work.result)) {
      if (finding === undefined)
        out.line(`${one}: ${topic}: ${events} events, ${records} records, all as they should be. Digest ${digest}.`);
      else {
        wrong += 1;
        const where = finding.in === 'log' ? 'in the log' : 'in the topic';
        out.line(`${one}: ${topic}: first wrong at position ${finding.position} ${where}: ${finding.code}`);
      }
    }
  }
  return wrong === 0 ? 0 : 1;
}

/**
 * Takes lost facts back from the topics, in one service or in each that needs it, and says what cannot come back.
 * Answers the exit code.
 */
export async function adoptLogs(instance: Instance, service: string | undefined, out: Output): Promise<number> {
  const door = gatewayOf(instance);
  let refused = 0;
  for (const one of wanted(service)) {
    try {
      const work = await carriedOut(door, { service: one, path: 'log/adopt' }, out);
      if (work.state === 'failed') {
        refused += 1;
        out.line(`${one}: nothing more was adopted: ${reasonOf(work)}`);
      } else if (!tellAdopted(one, adopted.parse(work.result), out)) refused += 1;
    } catch (error) {
      if (!(error instanceof HttpError) || error.code !== 'NOTHING_TO_ADOPT') throw error;
      out.line(`${one}: nothing to adopt: its log is not behind its topic.`);
    }
  }
  return refused === 0 ? 0 : 1;
}

function tellAdopted(service: string, report: z.infer<typeof adopted>, out: Output): boolean {
  for (const { topic, from, to, events, recordedUpTo } of report.adopted) {
    out.line(`${service}: ${topic}: ${events} events adopted, from position ${from} to ${to}.`);
    if (recordedUpTo !== undefined)
      out.line(
        `${service}: ${topic} ends at ${recordedUpTo}. What was answered after that and had not been sent is in no topic: ` +
          'only the clients know of it. Sent again under the same Idempotency-Key, it is recorded anew.',
      );
  }
  for (const [what, count] of Object.entries(report.lost))
    if (count > 0) out.line(`${service}: lost: ${what} ${count}`);
  out.line(`${service}: is ${report.state} now.`);
  return report.state === 'running';
}

/** `topic` says which service fills it: `garda.<service>.…`. */
export async function rewindTopic(instance: Instance, topic: string, position: string, out: Output): Promise<void> {
  const [, service] = topic.split('.');
  const what = { service, topic, position };
  const reply = await gatewayOf(instance).post({ program: 'operations' }, '/operations/relay/rewind', what, undefined);
  const { from, to } = z.object({ from: z.string(), to: z.string() }).parse(reply.json);
  out.line(`${topic}: was sent up to ${from}, is sent again after ${to}. Consumers drop what they know.`);
}

/** A topic that was lost and made again, empty, is filled from the first fact on. Answers the exit code. */
export async function renewTopic(instance: Instance, topic: string, out: Output): Promise<number> {
  const [, service] = topic.split('.');
  const what = { service, topic };
  const reply = await gatewayOf(instance).post({ program: 'operations' }, '/operations/topic/renew', what, undefined);
  const { from, state } = z.object({ from: z.string(), state: z.string() }).parse(reply.json);
  out.line(`${topic}: is filled again from the first fact up to ${from} and on. Consumers drop what they know.`);
  out.line(`${service}: is ${state} now.`);
  return state === 'running' ? 0 : 1;
}
