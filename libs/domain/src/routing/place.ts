import type { RoutingFact } from '@garda/contracts';
import { filingUnit } from '../shared/actor';
import { routingFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { stageOf, type EnteredFile } from './case';
import { placeByPolicy } from './policy';

/** A stage of a case that needs a unit, and the number of the offer it would be. */
export interface Vacancy {
  readonly file: EnteredFile;
  readonly stage: number;
  readonly offer: number;
}

/** What the policy does with a vacancy: an offer (`make` says in which words), or triage. */
export function placeOrTriage(
  vacancy: Vacancy,
  given: Given,
  make: (unit: string) => readonly RoutingFact[],
): readonly RoutingFact[] {
  const placement = placeByPolicy(vacancy.file, vacancy.stage, given.catalogue);
  if ('unit' in placement) return make(placement.unit);
  return [
    routingFact('CaseSentToTriage', {
      caseId: vacancy.file.caseId,
      reason: placement.triage,
      suggestion: placement.suggestion,
      stage: vacancy.stage === 0 ? undefined : vacancy.stage,
    }),
  ];
}

/** An offer of a stage to a unit; acknowledged at once where the unit itself took the case from the citizen. */
export function offerTo(unit: string, vacancy: Vacancy, by: 'policy' | 'triage'): readonly RoutingFact[] {
  const { file, stage, offer } = vacancy;
  const { caseId } = file;
  const terms = stageOf(file, stage);
  const routed = routingFact('CaseRouted', { caseId, unit, offer, stage, terms, binding: by === 'triage', by });
  if (stage !== 0 || filingUnit(file.filedBy) !== unit) return [routed];
  return [routed, routingFact('HandOverAcknowledged', { caseId, unit, offer, how: 'filed_here' })];
}
