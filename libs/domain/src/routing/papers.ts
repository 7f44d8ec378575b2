import type { RoutingData, RoutingFact } from '@garda/contracts';
import type { PaperFact } from '../resolution/papers';
import { routingFact } from '../shared/facts';
import type { KnownRoutingCase, PaperPlace } from './case';

type Noted = RoutingData<'PapersNoted'>;

/** Where the papers are after one note. */
export function papersAfter(
  papers: readonly PaperPlace[],
  { items, where, unit, to }: Omit<Noted, 'caseId'>,
): readonly PaperPlace[] {
  const noted = items.map((item): PaperPlace => ({ item, where, unit: unit ?? null, to: to ?? null }));
  return [...papers.filter(({ item }) => !items.includes(item)), ...noted];
}

/** Papers come from elsewhere: handed over, and neither acknowledged nor found missing nor lost. */
export function papersComing(papers: readonly PaperPlace[]): boolean {
  return papers.some(({ where }) => where === 'on_the_way');
}

/**
 * Where the papers are, taken over from resolution. Whoever acknowledges papers, or takes them from the citizen himself,
 * answers for the case; so does whoever waits for papers when the last one on the way is lost, or stays elsewhere while
 * an officer has the case already.
 */
export function papersNoted(state: KnownRoutingCase, fact: PaperFact): readonly RoutingFact[] {
  const { caseId } = state.file;
  const notes = notesOf(state, fact);
  const facts = notes.map((note) => routingFact('PapersNoted', { caseId, ...note }));
  if (state.status !== 'offered') return facts;
  const { unit, offer, officer } = state.place;
  const after = notes.reduce(papersAfter, state.papers);
  const lastCame = papersComing(state.papers) && !papersComing(after);
  const here = fact.data.unit === unit && (fact.type === 'DocumentsAcknowledged' || tookThem(fact, after));
  const how = here || (lastCame && fact.type === 'DocumentsLost') ? 'papers' : 'officer_assigned';
  if (how === 'officer_assigned' && !(lastCame && officer !== null)) return facts;
  return [...facts, routingFact('HandOverAcknowledged', { caseId, unit, offer, how })];
}

/** From the citizen's own hand, and no others are to come. */
function tookThem({ type }: PaperFact, after: readonly PaperPlace[]): boolean {
  return type === 'DocumentsReceived' && !papersComing(after);
}

function notesOf(state: KnownRoutingCase, fact: PaperFact): readonly Omit<Noted, 'caseId'>[] {
  const { unit, items } = fact.data;
  switch (fact.type) {
    case 'DocumentsReceived':
      return [{ items, where: 'at', unit }];
    case 'DocumentsHandedOver':
      return [{ items, where: 'on_the_way', unit, to: fact.data.to }];
    case 'DocumentsAcknowledged': {
      const missing = state.papers
        .filter(({ item }) => fact.data.missing.includes(item))
        .map(({ item, unit: sender }): Omit<Noted, 'caseId'> => {
          return { items: [item], where: 'missing', unit: sender ?? undefined, to: unit };
        });
      return [...(items.length === 0 ? [] : [{ items, where: 'at', unit } as const]), ...missing];
    }
    case 'DocumentsLost':
      return [{ items, where: 'lost' }];
    case 'DocumentsReturned':
    case 'DocumentsArchived':
      return [{ items, where: 'none' }];
  }
}
