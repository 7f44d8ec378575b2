import { z } from 'zod';

/** Who caused a fact. Staff and programs by their opaque subject at the identity provider, never by name. */
export const actorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('citizen') }),
  z.object({ kind: z.literal('staff'), id: z.string().min(1).max(80), unit: z.string().min(1).max(60) }),
  z.object({ kind: z.literal('program'), id: z.string().min(1).max(60), unit: z.string().max(60).optional() }),
  z.object({ kind: z.literal('system'), id: z.string().min(1).max(60) }),
]);
export type Actor = z.infer<typeof actorSchema>;

/** What travels beside the facts: nothing in it moves state, nothing in it is personal. */
export const metaSchema = z.object({
  /** The command that caused the event; lets the table of commands be rebuilt from the log. */
  commandId: z.uuid(),
  /** The foreign event that was taken over (rule 16 of the domain). */
  causationId: z.uuid().optional(),
  /** One id from the first request to the last projection. */
  correlationId: z.uuid(),
  /** W3C trace context of the request that caused it. */
  traceparent: z.string().max(55).optional(),
  actor: actorSchema,
});
export type EventMeta = z.infer<typeof metaSchema>;

/** A fact as a decider makes it: no position, no version, no clock of the log yet. */
export interface NewEvent<T extends string = string, D = unknown> {
  readonly type: T;
  readonly schemaVersion: number;
  readonly data: D;
}

/** A fact about to be appended. `occurredAt` is ISO 8601 in UTC: what the person says. */
export interface EventToAppend<T extends string = string, D = unknown> extends NewEvent<T, D> {
  readonly eventId: string;
  readonly meta: EventMeta;
  readonly occurredAt: string;
}

/**
 * A fact as the log holds it and as every topic carries it.
 * `position` is dense in its log, `version` dense in its stream; both start at 1.
 * Times are ISO 8601 in UTC with microseconds; `recordedAt` never runs backwards within a log.
 */
export interface RecordedEvent<T extends string = string, D = unknown> extends EventToAppend<T, D> {
  readonly position: bigint;
  readonly streamId: string;
  readonly version: number;
  readonly recordedAt: string;
  /** Decided at append; the partition is `keyHash % partitions` of the topic's generation. */
  readonly keyHash: number;
}
