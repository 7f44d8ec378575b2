import type { CaseFile } from '../gateway';
import type { Seen } from './expectation';

const told = new Set(['CitizenNotified', 'CitizenTold']);

/** A case file in the words of the expectations. `due` are the dates noted on the way. */
export function seenOf(file: CaseFile, due: { readonly first: string; readonly afterStop: string }): Seen {
  const facts = (context: string): string => {
    const types = file.timeline
      .filter((entry) => entry.context === context && !told.has(entry.type))
      .sort((a, b) => a.version - b.version)
      .map(({ type }) => type);
    return joined(types);
  };
  return {
    intake: facts('intake'),
    routing: facts('routing'),
    resolution: facts('resolution'),
    told: String(file.timeline.filter(({ type }) => type === 'CitizenNotified').length),
    status: file.status,
    unit: file.routing?.unit ?? '',
    due: due.first,
    ...(due.afterStop === due.first ? {} : { dueAfterStop: due.afterStop }),
  };
}

/** `A, B×2, C`: neighbours of one name are counted where they are the citizen's news, whose number is what matters. */
function joined(types: readonly string[]): string {
  const words: string[] = [];
  let run = 0;
  types.forEach((type, i) => {
    run += 1;
    if (type === 'CaseProgressNoted' && types[i + 1] === type) return;
    words.push(...(type === 'CaseProgressNoted' && run > 1 ? [`${type}×${run}`] : [type]));
    run = 0;
  });
  return words.join(', ');
}

/** An instant as the wall clock of Batang shows it, to the minute: `2026-03-03 16:00`. */
export function localMinute(instant: string | null | undefined, zone: string): string {
  if (instant === null || instant === undefined) return '';
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return parts.format(new Date(instant));
}
