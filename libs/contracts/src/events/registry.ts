import type { Context } from '../values';
import type { EventContract, PastContracts } from './define';
import type { z } from 'zod';
import { declaredEvents } from './declared';
import { intakeEvents, pastIntakeEvents, reservedIntakeNames } from './intake';
import { pastResolutionEvents, resolutionEvents, reservedResolutionNames } from './resolution';
import { pastRoutingEvents, reservedRoutingNames, routingEvents } from './routing';

type AnyContract = EventContract<string, z.ZodType>;

/** Every event type of a context that is stored today. */
export const eventContracts: Readonly<Record<Context, Readonly<Record<string, AnyContract>>>> = {
  intake: intakeEvents,
  routing: routingEvents,
  resolution: resolutionEvents,
};

const pastContracts: Readonly<Record<Context, PastContracts>> = {
  intake: pastIntakeEvents,
  routing: pastRoutingEvents,
  resolution: pastResolutionEvents,
};

/** Every contract that a reader of this context's topic may meet: the present ones, then those of before. */
export function contractsEverOf(context: Context): readonly AnyContract[] {
  return [...Object.values(eventContracts[context]), ...pastContracts[context]];
}

/** Facts that only restricted logs hold: no open topic ever carries them. */
export const restrictedTypes: ReadonlySet<string> = new Set(Object.keys(declaredEvents));

export const reservedNames: Readonly<Record<Context, readonly string[]>> = {
  intake: reservedIntakeNames,
  routing: reservedRoutingNames,
  resolution: reservedResolutionNames,
};

/** An event that does not keep its contract never reaches a log. */
export class EventInvalidError extends Error {
  override readonly name = 'EventInvalidError';
  readonly code = 'EVENT_INVALID';
}

/** Checks a fact against its contract before it is appended. Paths only in the message, never values. */
export function assertEvent(context: Context, fact: { type: string; schemaVersion: number; data: unknown }): void {
  const contract = eventContracts[context][fact.type];
  if (contract === undefined || contract.schemaVersion !== fact.schemaVersion)
    throw new EventInvalidError(`${context} has no event ${fact.type} version ${fact.schemaVersion}`);
  const checked = contract.schema.safeParse(fact.data);
  if (!checked.success)
    throw new EventInvalidError(
      `${fact.type}: ${checked.error.issues.map((i) => `${i.path.join('.')} ${i.code}`).join(', ')}`,
    );
}
