import { z } from 'zod';
import { Gateway } from '../gateway';
import { openInstance } from '../instance';
import { Tokens } from '../tokens';

const operations = { program: 'operations' } as const;
const parkedShape = z.object({
  parked: z.array(
    z.looseObject({
      service: z.string(),
      consumer: z.string(),
      topic: z.string(),
      key: z.string(),
      rows: z.number(),
      errorCode: z.string().nullish(),
    }),
  ),
  skipped: z.array(
    z.looseObject({
      service: z.string(),
      consumer: z.string(),
      key: z.string(),
      type: z.string(),
      position: z.string(),
      errorCode: z.string().nullish(),
      reason: z.string(),
      skippedAt: z.string(),
    }),
  ),
});

function gateway(): Gateway {
  const instance = openInstance(process.env);
  return new Gateway(instance, new Tokens(instance));
}

/** Moves every case clock forward, to an instant or by a span of days or hours. */
export async function moveClock(of: { to?: string; by?: string }): Promise<void> {
  const door = gateway();
  const to = of.to ?? (await later(door, of.by));
  console.log(JSON.stringify(await door.moveClock(to)));
}

async function later(door: Gateway, by: string | undefined): Promise<string> {
  const [, count, unit] = /^(\d{1,4})([dh])$/.exec(by ?? '') ?? [];
  if (count === undefined) throw new Error('Say --to INSTANT, or --by 10d or --by 4h.');
  const times = Object.values((await door.progress()).services).map(({ caseTime }) => Date.parse(caseTime));
  return new Date(Math.max(...times) + Number(count) * (unit === 'd' ? 24 : 1) * 3_600_000).toISOString();
}

/** The key is shown once; only its hash is kept. */
export async function createApiKey(name: string): Promise<void> {
  console.log(await gateway().makeApiKey(name));
}

export async function listStreams(): Promise<void> {
  const { parked, skipped } = parkedShape.parse((await gateway().get(operations, '/operations/streams')).json);
  if (parked.length === 0) console.log('No case is held.');
  for (const { service, consumer, topic, key, rows, errorCode } of parked)
    console.log(`${service}\t${consumer}\t${topic}\t${key}\t${rows} events\t${errorCode ?? ''}`);
  if (skipped.length > 0) console.log('Skipped, latest first:');
  for (const { service, consumer, key, type, position, errorCode, reason, skippedAt } of skipped)
    console.log(`${service}\t${consumer}\t${key}\t${type} at ${position}\t${errorCode ?? ''}\t${skippedAt}\t${reason}`);
}

/** Takes the first held record of a key away unapplied. Who, when and why stays on record. */
export async function skipStream(of: {
  service: string;
  consumer: string;
  topic: string;
  key: string;
  reason: string;
}): Promise<void> {
  const { json } = await gateway().post(operations, '/operations/streams/skip', of, undefined);
  const { seq, left } = z.object({ seq: z.string(), left: z.number() }).parse(json);
  console.log(`Record ${seq} is skipped; ${left} more of this key are tried now, in order.`);
}

export async function retryStream(of: {
  service: string;
  consumer: string;
  topic: string;
  key: string;
}): Promise<void> {
  console.log(JSON.stringify((await gateway().post(operations, '/operations/streams/retry', of, undefined)).json));
}

export async function printToken(person: string): Promise<void> {
  console.log(await new Tokens(openInstance(process.env)).person(person));
}
