import type { IntakeData, RecordedEvent } from '@garda/contracts';
import type { SubmittedCase } from '@garda/domain';
import { paperWords } from './words';

/** A paper as the citizen is told of it: where it is, and with whom. */
export interface PaperNews {
  readonly item: string;
  readonly is: keyof typeof paperWords;
  readonly unit: string | undefined;
}

const after: Readonly<Record<string, PaperNews['is']>> = {
  DocumentsReceived: 'held',
  DocumentsHandedOver: 'on_the_way',
  DocumentsAcknowledged: 'held',
  DocumentsLost: 'lost',
  DocumentsReturned: 'returned',
  DocumentsArchived: 'archived',
};

/** Each paper by the last news of it; once the work is over, what lies at an office can be collected. */
export function papersOf({ status }: SubmittedCase, events: readonly RecordedEvent[]): readonly PaperNews[] {
  const papers = new Map<string, PaperNews>();
  for (const { type, data } of events) {
    if (type !== 'CaseProgressNoted') continue;
    const { fact, items = [], unit, to } = data as IntakeData<'CaseProgressNoted'>;
    const is = to === 'proxy' ? 'with_proxy' : after[fact];
    if (is !== undefined) for (const item of items) papers.set(item, { item, is, unit });
  }
  const over = status === 'decided' || status === 'final' || status === 'withdrawn';
  return [...papers.values()].map((paper) => (over && paper.is === 'held' ? { ...paper, is: 'ready' } : paper));
}
