import type { IntakeData, RecordedEvent } from '@garda/contracts';
import { dueAt, ReferenceMissing, type Catalogue, type Stop } from '@garda/domain';

/**
 * When the case is due, as the citizen is told: the sum of its stages, moved on while he was waited for (rule 5).
 * Undefined while this process has not seen the calendar of the terms.
 */
export function dueOf(events: readonly RecordedEvent[], catalogue: Catalogue): string | undefined {
  const submitted = events[0]?.data as IntakeData<'CaseSubmitted'> | undefined;
  if (submitted === undefined) return undefined;
  const stages = longer(submitted.terms.stages, events);
  return promised({ ...submitted, terms: { ...submitted.terms, stages } }, stopsOf(events), catalogue);
}

type Stages = readonly { readonly time: string }[];

/** The stages with what he was told that they take longer: by another time, or by one more. */
function longer(stages: Stages, events: readonly RecordedEvent[]): Stages {
  return events.reduce((times, event) => {
    if (event.type !== 'CaseProgressNoted') return times;
    const { longer: told } = event.data as IntakeData<'CaseProgressNoted'>;
    if (told === undefined) return times;
    const { kind, stage, time } = told;
    return kind === 'extension' ? [...times, { time }] : times.map((own, index) => (index === stage ? { time } : own));
  }, stages);
}

/** The promise of the day of receipt. */
export function promised(
  { receivedAt, terms }: { receivedAt: string; terms: { calendar: string; stages: readonly { time: string }[] } },
  stops: readonly Stop[],
  catalogue: Catalogue,
): string | undefined {
  const times = terms.stages.map((stage) => stage.time);
  return seen(() => dueAt(catalogue.calendar(terms.calendar), receivedAt, times, stops));
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

/** A stop begins when he was told of the question, and ends with the first news after it that is not about waiting. */
function stopsOf(events: readonly RecordedEvent[]): Stop[] {
  const stops: Stop[] = [];
  let question: string | undefined;
  let toldAt: string | undefined;
  for (const event of events) {
    if (event.type === 'CitizenNotified') {
      const { about, ok } = event.data as IntakeData<'CitizenNotified'>;
      if (ok && about === question) toldAt ??= event.recordedAt;
    }
    if (event.type !== 'CaseProgressNoted') continue;
    const { state, ref, at } = event.data as IntakeData<'CaseProgressNoted'>;
    if (state === 'news' || state === 'extended') continue;
    if (toldAt !== undefined) stops.push({ at: toldAt, until: at });
    toldAt = undefined;
    question = state === 'waiting' ? ref : undefined;
  }
  return toldAt === undefined ? stops : [...stops, { at: toldAt, until: null }];
}
