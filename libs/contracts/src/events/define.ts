import type { z } from 'zod';
import type { NewEvent, RecordedEvent } from '../envelope';

/** The contract of one event type at its present version. */
export interface EventContract<T extends string, S extends z.ZodType> {
  readonly type: T;
  readonly schemaVersion: number;
  readonly schema: S;
}

export function event<T extends string, S extends z.ZodType>(
  type: T,
  schemaVersion: number,
  schema: S,
): EventContract<T, S> {
  return { type, schemaVersion, schema };
}

/** Contracts of versions that were stored once and are not written any more. They stay for ever. */
export type PastContracts = readonly EventContract<string, z.ZodType>[];

type Contracts = Readonly<Record<string, EventContract<string, z.ZodType>>>;
/** The union of a context's facts as a decider makes them. */
export type FactOf<C extends Contracts> = {
  [K in keyof C]: C[K] extends EventContract<infer T, infer S> ? NewEvent<T, z.infer<S>> : never;
}[keyof C];
/** The union of a context's facts as its log holds them. */
export type RecordedFactOf<C extends Contracts> = {
  [K in keyof C]: C[K] extends EventContract<infer T, infer S> ? RecordedEvent<T, z.infer<S>> : never;
}[keyof C];
/** The data of one fact of a context, by its type. */
export type DataOf<C extends Contracts, T extends keyof C> = z.infer<C[T]['schema']>;
