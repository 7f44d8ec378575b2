import type { ResolutionFact } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { termEnd } from '../shared/deadline';
import type { Due } from '../shared/due';
import { resolutionFact } from '../shared/facts';
import { silences } from '../shared/silences';
import { decisionOf, type KnownResolutionCase } from './case';
import { isToCollect } from './products';
import { finalSince, latest, type Start } from './start';

const [takenBackTerm] = silences.product_taken_back.terms;

/**
 * Since when everything that he may fetch is ready: since the decision, or since the last of it came to where it is. The
 * closing of the case changes nothing: what is owed to him outlives it.
 */
export function productsReadySince(state: KnownResolutionCase): Start | undefined {
  const decided = decidedSince(state);
  const waiting = state.products.filter(isToCollect);
  if (decided === undefined || waiting.length === 0) return undefined;
  return waiting.map(({ since: at, version }): Start => ({ at, version })).reduce(latest, decided);
}

/** By the decision, or by the dispute that made it final; not while one is open. */
function decidedSince(state: KnownResolutionCase): Start | undefined {
  if (state.status === 'disputed') return undefined;
  return finalSince(state) ?? decisionOf(state) ?? undefined;
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
