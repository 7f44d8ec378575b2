import type { RecordedEvent } from '@garda/contracts';
import { dueAt, dueTold, isProvisional, ReferenceMissing, type Catalogue } from '@garda/domain';

/**
 * When the case is due, as the citizen is told: the sum of its stages, moved on while he was waited for (rule 5).
 * Undefined while this process has not seen the calendar of the terms.
 */
export function dueOf(events: readonly RecordedEvent[], catalogue: Catalogue): string | undefined {
  return seen(() => dueTold(events, catalogue));
}

/** The promise of the day of receipt. */
export function promised(
  { receivedAt, terms }: { receivedAt: string; terms: { calendar: string; stages: readonly { time: string }[] } },
  catalogue: Catalogue,
): string | undefined {
  const times = terms.stages.map((stage) => stage.time);
  return seen(() => dueAt(catalogue.calendar(terms.calendar), receivedAt, times, []));
}

/** `dueAt`, and a mark where it lies beyond the calendar; nothing while the calendar is not seen. */
export function dueMarked(
  due: string | undefined,
  version: string,
  catalogue: Catalogue,
): { readonly dueAt?: string; readonly provisional?: true } {
  if (due === undefined) return {};
  return { dueAt: due, ...(isProvisional(catalogue.calendar(version), due) ? { provisional: true } : {}) };
}

/** Undefined while this process has not seen the edition that the terms name. */
export function seen<T>(of: () => T): T | undefined {
  try {
    return of();
  } catch (error) {
    if (error instanceof ReferenceMissing) return undefined;
    throw error;
  }
}
