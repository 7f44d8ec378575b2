import { setTimeout as pause } from 'node:timers/promises';
import { isUsed } from '@garda/contracts';
import { z } from 'zod';

const log = z.object({
  head: z.string(),
  relayed: z.record(z.string(), z.object({ position: z.string(), seqs: z.array(z.string()) })),
});
const progress = z.object({
  log: log.optional(),
  restricted: log.optional(),
  hears: z.array(z.object({ name: z.string(), topics: z.array(z.string()) })),
  consumers: z.array(z.object({ consumer: z.string(), topic: z.string(), partition: z.number(), seq: z.string() })),
  parked: z.number(),
  waiting: z.number(),
  projections: z.array(
    z.object({ projection: z.string(), version: z.number(), log: z.string(), position: z.string() }),
  ),
  caseTime: z.string(),
});
export const progressShape = z.object({ services: z.record(z.string(), progress) });
export type SystemProgress = z.infer<typeof progressShape>;

/** Something is held back, or nothing came to rest in time: then no further step may be believed. */
export class NotQuietError extends Error {
  override readonly name = 'NotQuietError';
}

/**
 * What is still on its way, in words; empty when every log is relayed, every consumer is where its topic ends and every
 * projection where its log ends. Pure, so that a spec can show that it sees each kind of lag.
 */
export function unsettled(system: SystemProgress): string[] {
  const services = Object.entries(system.services);
  const ends = new Map<string, readonly string[]>();
  for (const [, service] of services)
    for (const { relayed } of logsOf(service))
      for (const [topic, { seqs }] of Object.entries(relayed)) ends.set(topic, seqs);
  return services.flatMap(([name, service]) => ofService(service, ends).map((lag) => `${name}: ${lag}`));
}

type Service = SystemProgress['services'][string];

const logsOf = ({ log: open, restricted }: Service) => [open, restricted].filter((one) => one !== undefined);

function ofService(service: Service, ends: ReadonlyMap<string, readonly string[]>): string[] {
  const { log: open, restricted, hears, consumers, projections, waiting } = service;
  const headOf = (schema: string) => (schema === 'log' ? open : restricted)?.head;
  return [
    ...(waiting === 0 ? [] : [`${waiting} keys wait for an earlier fact`]),
    ...logsOf(service).flatMap(({ head, relayed }) =>
      Object.entries(relayed)
        .filter(([, { position }]) => position !== head)
        .map(([topic, { position }]) => `${topic} relayed to ${position} of ${head}`),
    ),
    ...unread(hears, consumers, ends),
    ...consumers
      .filter(({ topic, partition, seq }) => ends.has(topic) && ends.get(topic)?.[partition] !== seq)
      .map(({ consumer, topic, partition, seq }) => `${consumer} at ${seq} of ${topic}/${partition}`),
    ...projections
      .filter(({ log: of, position }) => headOf(of) !== undefined && position !== headOf(of))
      .map(({ projection, log: of, position }) => `${projection} at ${position} of ${headOf(of)}`),
  ];
}

/** A consumer has a cursor only for partitions it has read: one that is missing, where records are, is a lag too. */
function unread(
  hears: Service['hears'],
  cursors: Service['consumers'],
  ends: ReadonlyMap<string, readonly string[]>,
): string[] {
  const begun = new Set(cursors.map(({ consumer, topic, partition }) => `${consumer} ${topic}/${partition}`));
  return hears.flatMap(({ name, topics }) =>
    topics.flatMap((topic) =>
      (ends.get(topic) ?? [])
        .map((seq, partition) => ({ seq, partition }))
        .filter(({ seq, partition }) => isUsed(BigInt(seq)) && !begun.has(`${name} ${topic}/${partition}`))
        .map(({ partition }) => `${name} has not read ${topic}/${partition}`),
    ),
  );
}

/**
 * Waits until nothing moves: nothing unsettled, and the same numbers twice in a row. A key that failed ends the wait at
 * once, since it never settles by itself.
 */
export async function waitUntilQuiet(read: () => Promise<SystemProgress>, timeoutMs = 60_000): Promise<SystemProgress> {
  const until = Date.now() + timeoutMs;
  let last = '';
  for (;;) {
    const system = await read();
    const parked = Object.entries(system.services).filter(([, { parked: held, waiting }]) => held > waiting);
    if (parked.length > 0)
      throw new NotQuietError(
        `held keys: ${parked.map(([name, { parked: keys }]) => `${name} ${keys}`).join(', ')} (see \`streams list\`)`,
      );
    const moving = unsettled(system);
    const now = fingerprint(system);
    if (moving.length === 0 && now === last) return system;
    last = moving.length === 0 ? now : '';
    if (Date.now() > until) throw new NotQuietError(`not at rest after ${timeoutMs / 1000} s: ${moving.join('; ')}`);
    await pause(moving.length === 0 ? 60 : 40);
  }
}

/** All numbers but the clock, which never rests. */
export function fingerprint(system: SystemProgress): string {
  return JSON.stringify(system, (key, value: unknown) => (key === 'caseTime' ? undefined : value));
}
