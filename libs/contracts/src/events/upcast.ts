import type { RecordedEvent } from '../envelope';

type Upcaster = (stored: RecordedEvent) => RecordedEvent;

/**
 * From an older stored version to the next one, by `type@version`. Empty until the first tagged release
 * is followed by a change; `docs/how-to/event-version.md` says how an entry is made.
 */
const upcasters: Readonly<Record<string, Upcaster>> = {};

/** Types of which an older version is known: of the others nothing has to be looked up, fact by fact. */
const aged: ReadonlySet<string> = new Set(Object.keys(upcasters).map((key) => key.split('@')[0] ?? key));

/** A stored fact in its present shape; a stored fact at its present version comes back as it is. */
export function upcast(stored: RecordedEvent, table: Readonly<Record<string, Upcaster>> = upcasters): RecordedEvent {
  if (table === upcasters && (aged.size === 0 || !aged.has(stored.type))) return stored;
  let current = stored;
  for (;;) {
    const step = table[`${current.type}@${current.schemaVersion}`];
    if (step === undefined) return current;
    current = step(current);
  }
}
