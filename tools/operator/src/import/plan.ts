import type { NoteTable } from '@garda/catalogue';
import type { StaffCommandName } from '@garda/contracts';
import type { ForeignNote, ForeignRecord } from './records';

/** What one record asks of us, in the order of time: it is filed, then every note does its work. */
export type Step =
  | { readonly kind: 'file'; readonly at: string; readonly record: ForeignRecord }
  | {
      readonly kind: 'note';
      readonly at: string;
      readonly record: ForeignRecord;
      readonly note: ForeignNote;
      readonly commands: readonly StaffCommandName[];
      readonly outcome: string | undefined;
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
  const unexpressed: Unexpressed[] = [];
  const placed: { step: Step; when: number; nth: number }[] = [];
  const known = new Set(records.map((record) => record.service_request_id));
  for (const record of records) {
    const id = record.service_request_id;
    if (!services.has(record.service_code)) {
      unexpressed.push({ record: id, what: `service ${record.service_code}` });
      continue;
    }
    const filed = Date.parse(record.requested_datetime);
    placed.push({ step: { kind: 'file', at: record.requested_datetime, record }, when: filed, nth: placed.length });
    for (const note of record.notes) {
      const entry = notes[note.type];
      if (entry === undefined) {
        unexpressed.push({ record: id, what: `note ${note.type}` });
        continue;
      }
      const words = wordsOf(note, record, known);
      const step: Step = {
        kind: 'note',
        at: note.datetime,
        record,
        note,
        words,
        commands: entry.commands,
        outcome: entry.outcome,
      };
      placed.push({ step, when: Math.max(filed, Date.parse(note.datetime)), nth: placed.length });
    }
  }
  placed.sort((a, b) => a.when - b.when || a.nth - b.nth);
  return { steps: placed.map(({ step }) => step), unexpressed };
}

/**
 * The note as it was public: its summary, and what it says beyond it. A parent that is not among the records cannot be
 * linked, so the note that ends the case (else the last one) names it.
 */
export function wordsOf(note: ForeignNote, record: ForeignRecord, known: ReadonlySet<string>): string {
  const said = note.description === undefined ? note.summary : `${note.summary}: ${note.description}`;
  const parent = record.extended_attributes.parent_service_request_id;
  const last = record.notes.find(({ type }) => type === 'closed') ?? record.notes.at(-1);
  return parent === undefined || known.has(parent) || note !== last ? said : `${said} (belongs to ${parent})`;
}
