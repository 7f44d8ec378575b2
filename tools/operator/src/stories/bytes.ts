import type { Reply } from '../http';
import type { Who } from '../gateway';
import type { CodeHolder } from '../intake';
import type { Doors } from './scene';

/** A case, and the staff who handle it or stand above who does. */
export interface Watched {
  readonly caseId: string;
  readonly citizen: CodeHolder;
  readonly staff: readonly Who[];
  /** Lists, counts and sheets of a unit too: only where no other story has cases there. */
  readonly unit?: string;
}

/** These two differ from one answer to the next, whoever asks for what. */
const perAnswer = new Set(['date', 'x-correlation-id']);

/**
 * Every byte that they can read of it, and that anybody can: answers with status, headers and ETags, refusals too. Of a
 * list only its clock is left out. Read twice with nothing between, it is the same twice.
 */
export async function everythingReadOf(doors: Doors, of: Watched): Promise<ReadonlyMap<string, string>> {
  const { caseId, citizen, staff } = of;
  const about = [`/cases/${caseId}`, `/cases?number=${citizen.number}`, `/cases/${caseId}/receipt`];
  const none = ['/declared', `/declared/${caseId}`];
  const seen = new Map<string, string>();
  for (const who of staff)
    for (const path of [...about, ...none, ...listsOf(of)])
      seen.set(`${JSON.stringify(who)} ${path}`, bytesOf(await doors.gateway.answer(who, path)));
  // Refusals alone would be the same for ever, and say nothing.
  if (![...seen].some(([path, answer]) => path.endsWith(`/cases/${caseId}`) && answer.startsWith('{"status":200')))
    throw new Error('nobody of them can read the case');
  const { number } = citizen;
  const open = [`requests/${number}.json`, `servicerequestupdates.json?service_request_id=${number}`];
  for (const path of [...open.map((one) => `/open311/v2/${one}`), `/cases/${number}`])
    seen.set(path, bytesOf(await doors.intake.whatever(path, citizen)));
  return seen;
}

function listsOf({ unit }: Watched): readonly string[] {
  if (unit === undefined) return [];
  const inbox = ['', '&status=working', '&status=decided', '&assigned=me', '&overdue=false', '&limit=1'];
  const month = `unit=${unit}&month=2026-03`;
  return [
    ...inbox.map((filter) => `/inbox?related=true${filter}`),
    ...['errands', 'month', 'month.html'].map((report) => `/reports/${report}?${month}`),
  ];
}

function bytesOf({ status, headers, text }: Reply): string {
  const kept = [...headers].filter(([name]) => !perAnswer.has(name));
  const timeless = text.replace(/"(now|correlationId)":"[^"]*"/g, '"$1":""');
  return JSON.stringify({ status, headers: kept, text: timeless });
}

/** Where two readings differ. */
export function changedBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
}
