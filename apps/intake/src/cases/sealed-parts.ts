import type { IntakeData, RecordedEvent, Sealed } from '@garda/contracts';
import { ERASED, type Plaintext, type Vault } from '@garda/personal-data';

/** A sealed object of a case's stream, and the event it is bound to: what resolution sealed is bound to its own. */
export interface SealedPart {
  readonly event: RecordedEvent;
  readonly boundTo: string;
  readonly sealed: Sealed;
}

export function sealedPartsOf(events: readonly RecordedEvent[]): SealedPart[] {
  return events.flatMap((event) => {
    if (event.type === 'CaseProgressNoted') {
      const { words, ref } = event.data as IntakeData<'CaseProgressNoted'>;
      return words === undefined ? [] : [{ event, boundTo: ref, sealed: words }];
    }
    const { sealed } = event.data as { sealed?: readonly Sealed[] };
    return (sealed ?? []).map((one) => ({ event, boundTo: event.eventId, sealed: one }));
  });
}

export type Opened = SealedPart & { readonly content: Plaintext | typeof ERASED };

/** One after the other: a page opens a handful, and no case may occupy every core. */
export async function openAll(vault: Vault, caseId: string, parts: readonly SealedPart[]): Promise<Opened[]> {
  const opened: Opened[] = [];
  for (const part of parts)
    opened.push({ ...part, content: await vault.openSealed(part.sealed, caseId, part.boundTo) });
  return opened;
}

/** The words in an opened object, whoever sealed it; null when the person was erased. */
export function textOf(content: Opened['content']): string | null {
  if (content === ERASED) return null;
  for (const field of ['text', 'words', 'description', 'reason']) {
    const value = content[field];
    if (typeof value === 'string') return value;
  }
  return null;
}
