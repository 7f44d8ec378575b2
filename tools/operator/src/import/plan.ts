import type { NoteTable } from '@garda/catalogue';
import type { StaffCommandName } from '@garda/contracts';
import type { ForeignNote, ForeignRecord } from './records';

/** What one record asks of us, in the order of time: it is filed, then every note does its work. */
export type Step =
  | { readonly kind: 'file'; readonly at: string; readonly record: ForeignRecord }
  | { readonly kind: 'link'; readonly at: string; readonly record: ForeignRecord; readonly parent: string }
  | {
      readonly kind: 'note';
      readonly at: string;
      readonly record: ForeignRecord;
      readonly note: ForeignNote;
      readonly commands: readonly StaffCommandName[];
      readonly outcome?: string | undefined;
      readonly words: string;
    };

/** What a record holds and we cannot say, in words. */
export interface Unexpressed {
  readonly record: string;
  readonly what: string;
}
export interface Plan {
  readonly steps: readonly Step[];
  readonly unexpressed: readonly Unexpressed[];
}

/**
 * Every request and note as steps in one order of time. A note earlier than its request (a web form's "submitted",
 * seconds before the case had a number) is carried out right after the filing and keeps its own time: a case cannot
 * be spoken of before it exists, but what was said, when, is not changed.
 */
export function planOf(records: readonly ForeignRecord[], notes: NoteTable, services: ReadonlySet<string>): Plan {
  const filedAt = new Map(records.map((record) => [record.service_request_id, Date.parse(record.requested_datetime)]));
  const placed = records.flatMap((record) =>
    services.has(record.service_code)
      ? placedOf(record, notes, filedAt)
      : [missing(record, `service ${record.service_code}`)],
  );
  const steps = placed.filter((one): one is Placed => 'step' in one);
  // Sorting is stable: of one moment, a record's own order counts.
  steps.sort((a, b) => a.when - b.when);
  return {
    steps: steps.map(({ step }) => step),
    unexpressed: placed.filter((one): one is Unexpressed => 'what' in one),
  };
}

interface Placed {
  readonly step: Step;
  readonly when: number;
}

function placedOf(
  record: ForeignRecord,
  notes: NoteTable,
  filedAt: ReadonlyMap<string, number>,
): (Placed | Unexpressed)[] {
  const at = record.requested_datetime;
  const filed = Date.parse(at);
  const parent = record.extended_attributes.parent_service_request_id;
  const parentFiled = parent === undefined ? undefined : filedAt.get(parent);
  const linked: Placed[] =
    parent === undefined || parentFiled === undefined
      ? []
      : [{ step: { kind: 'link', at, record, parent }, when: Math.max(filed, parentFiled) }];
  const said = record.notes.map((note): Placed | Unexpressed => {
    const entry = notes[note.type];
    if (entry === undefined) return missing(record, `note ${note.type}`);
    const words = wordsOf(note, record, parentFiled !== undefined);
    const step = { kind: 'note', at: note.datetime, record, note, words, ...entry } as const;
    return { step, when: Math.max(filed, Date.parse(note.datetime)) };
  });
  return [{ step: { kind: 'file', at, record }, when: filed }, ...linked, ...said];
}

function missing(record: ForeignRecord, what: string): Unexpressed {
  return { record: record.service_request_id, what };
}

/**
 * The note as it was public: its summary, and what it says beyond it. A parent that is not among the records cannot be
 * linked, so the note that ends the case (else the last one) names it.
 */
export function wordsOf(note: ForeignNote, record: ForeignRecord, parentIsHere: boolean): string {
  const said = note.description === undefined ? note.summary : `${note.summary}: ${note.description}`;
  const parent = record.extended_attributes.parent_service_request_id;
  const last = record.notes.find(({ type }) => type === 'closed') ?? record.notes.at(-1);
  return parent === undefined || parentIsHere || note !== last ? said : `${said} (belongs to ${parent})`;
}
