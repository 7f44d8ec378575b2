import type { ResolutionFact } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { ms, termEnd } from '../shared/deadline';
import type { Due } from '../shared/due';
import { resolutionFact } from '../shared/facts';
import { silences } from '../shared/silences';
import { decisionOf, type KnownResolutionCase } from './case';
import { isToCollect } from './products';

const [takenBackTerm] = silences.product_taken_back.terms;

interface Start {
  readonly at: string;
  readonly version: number;
}

/**
 * Since when everything that he may fetch is ready: since the decision, or since the last of it came to where it is. The
 * closing of the case changes nothing: what is owed to him outlives it.
 */
export function productsReadySince(state: KnownResolutionCase): Start | undefined {
  const decided = decidedSince(state);
  const waiting = state.products.filter(isToCollect);
  if (decided === undefined || waiting.length === 0) return undefined;
  return waiting.reduce<Start>(({ at, version }, one) => {
    return { at: ms(at) < ms(one.since) ? one.since : at, version: Math.max(version, one.version) };
  }, decided);
}

/** By the decision, or by the dispute that made it final. */
function decidedSince(state: KnownResolutionCase): Start | undefined {
  if (state.status !== 'decided' && state.status !== 'final' && state.status !== 'closed') return undefined;
  const decision = decisionOf(state);
  const [dismissed] = state.disputes.filter((one) => one.state === 'dismissed' && one.decision === decision?.ref);
  if (dismissed === undefined || dismissed.decidedAt === null) return decision ?? undefined;
  return { at: dismissed.decidedAt, version: dismissed.version };
}

/** The clock that takes back what nobody fetched. */
export function takeBackDue(state: KnownResolutionCase, catalogue: Catalogue): readonly Due[] {
  const start = productsReadySince(state);
  if (start === undefined) return [];
  const dueAt = termEnd(catalogue.calendar(state.file.terms.calendar), start.at, takenBackTerm);
  return [{ clock: 'product', startedVersion: start.version, rung: 1, dueAt }];
}

/** Each goes back to whoever issued it. */
export function takeBack({ file: { caseId }, products }: KnownResolutionCase): readonly ResolutionFact[] {
  return products
    .filter(isToCollect)
    .map(({ ref: issued, product, unit, holder: from }) =>
      resolutionFact('ProductTakenBack', { caseId, unit, issued, product, from }),
    );
}
