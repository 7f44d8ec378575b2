import type { RecordedResolutionFact } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';

/** One paper of the citizen. Whoever has it, or sent it on, answers for it. */
export interface Paper {
  readonly item: string;
  /** `with_proxy`: given back to the unit that may receive for the citizen; he has not got it yet. */
  readonly state: 'held' | 'on_the_way' | 'missing' | 'lost' | 'returned' | 'with_proxy' | 'archived';
  /** Who has it; while it travels or is missing, who sent it. */
  readonly unit: string;
  /** Where it goes to, while it travels or is missing. */
  readonly to: string | null;
  /** The last fact about it. */
  readonly since: string;
  readonly version: number;
}

/** The facts about papers, by type. */
export const paperFacts = [
  'DocumentsReceived',
  'DocumentsHandedOver',
  'DocumentsAcknowledged',
  'DocumentsLost',
  'DocumentsReturned',
  'DocumentsArchived',
] as const;
export type PaperFact = Extract<RecordedResolutionFact, { type: (typeof paperFacts)[number] }>;

const isOfPapers: ReadonlySet<string> = new Set(paperFacts);

/** A fact about papers. */
export function isPaperFact(fact: { readonly type: string }): fact is PaperFact {
  return isOfPapers.has(fact.type);
}

/** Neither back with the citizen or his proxy nor lost nor archived: the case waits for it before it closes. */
export function isInTheHouse(paper: Paper): boolean {
  return paper.state === 'held' || isSent(paper);
}

/** Sent and not come: on the way, or found missing by the receiver. */
export function isSent({ state }: Paper): boolean {
  return state === 'on_the_way' || state === 'missing';
}

/** The papers by the units that answer for them now: of one that ended, its successor. */
export function papersNow(papers: readonly Paper[], catalogue: Catalogue): readonly Paper[] {
  return papers.map((paper) => ({
    ...paper,
    unit: catalogue.present(paper.unit),
    to: paper.to === null ? null : catalogue.present(paper.to),
  }));
}

export function anyOnTheWay(papers: readonly Paper[]): boolean {
  return papers.some(({ state }) => state === 'on_the_way');
}

/** The papers after one fact about them. */
export function papersAfter(papers: readonly Paper[], fact: PaperFact): readonly Paper[] {
  const { unit, items } = fact.data;
  const { recordedAt: since, version } = fact;
  const moved = { since, version };
  const to = (state: Paper['state']) => ({ since, version, state, unit, to: null });
  switch (fact.type) {
    case 'DocumentsReceived': {
      const fresh = items.map((item): Paper => ({ item, since, version, state: 'held', unit, to: null }));
      return [...papers.filter(({ item }) => !items.includes(item)), ...fresh];
    }
    case 'DocumentsHandedOver':
      return changed(papers, items, { ...moved, state: 'on_the_way', unit, to: fact.data.to });
    case 'DocumentsAcknowledged':
      return changed(changed(papers, items, to('held')), fact.data.missing, { ...moved, state: 'missing' });
    case 'DocumentsLost':
      return changed(papers, items, to('lost'));
    case 'DocumentsReturned':
      return changed(papers, items, to(fact.data.to === 'proxy' ? 'with_proxy' : 'returned'));
    case 'DocumentsArchived':
      return changed(papers, items, to('archived'));
  }
}

function changed(papers: readonly Paper[], items: readonly string[], by: Partial<Paper>): readonly Paper[] {
  return papers.map((paper) => (items.includes(paper.item) ? { ...paper, ...by } : paper));
}
