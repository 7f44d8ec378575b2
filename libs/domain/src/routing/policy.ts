import type { RoutingData, RoutingPolicy, StageTerms, Unit } from '@garda/contracts';
import { ReferenceMissing, type Catalogue } from '../shared/catalogue';
import { isLevy, type EnteredFile } from './case';

/** Where the policy sends a stage: to a unit, or to triage with the reason why. */
export type Placement =
  | { readonly unit: string }
  | {
      readonly triage: RoutingData<'CaseSentToTriage'>['reason'];
      readonly suggestion?: { readonly refer: string };
    };

type Rule = RoutingPolicy['rules'][number];

/**
 * The pinned policy's answer for one stage: the first rule that fits. The reported unit, and whoever is above it
 * in line, is never chosen (rule 8): a person decides instead. Throws `ReferenceMissing` while the unit that the
 * rule names is not seen: catalogue and place were checked at submission, so it exists.
 */
export function placeByPolicy(file: EnteredFile, stage: number, catalogue: Catalogue): Placement {
  const terms = file.terms.stages[stage];
  if (terms === undefined) throw new RangeError(`the pinned terms have no stage ${stage}`);
  const rule = catalogue.policy(file.terms.policy).rules.find((one) => fits(one, file, terms));
  if (rule?.suggest !== undefined) return { triage: 'suggests_outside', suggestion: rule.suggest };
  if (rule?.to === undefined) return { triage: 'no_rule' };
  const unit = unitFor(rule.to, file, catalogue);
  if (unit === 'no_area') return { triage: 'no_area' };
  if (unit.tier === 'external') return { triage: 'suggests_outside', suggestion: { refer: unit.code } };
  if (!catalogue.keepsAway(unit.code, file.reportedUnit)) return { unit: unit.code };
  return (isLevy(file) ? standingIn(unit.code, file, catalogue) : undefined) ?? { triage: 'reported_unit' };
}

/** Rule 10: a report about the inspectorate itself goes to whoever stands in, never to the triage of everybody else. */
function standingIn(accused: string, { reportedUnit }: EnteredFile, catalogue: Catalogue): Placement | undefined {
  const unit = catalogue.standIn(accused);
  if (unit === undefined || catalogue.keepsAway(unit.code, reportedUnit)) return undefined;
  return unit.tier === 'external'
    ? { triage: 'suggests_outside', suggestion: { refer: unit.code } }
    : { unit: unit.code };
}

function fits({ when }: Rule, file: EnteredFile, terms: StageTerms): boolean {
  if (when.kind !== undefined && when.kind !== file.terms.kind) return false;
  if (when.standard !== undefined && when.standard !== file.terms.standard) return false;
  if (when.stage !== undefined && !when.stage.includes(terms.tier)) return false;
  return Object.entries(when.attribute ?? {}).every(([code, value]) => {
    const given = file.attributes[code];
    return Array.isArray(given) ? given.includes(value) : given === value;
  });
}

function unitFor(to: NonNullable<Rule['to']>, file: EnteredFile, catalogue: Catalogue): Unit | 'no_area' {
  if ('area' in to) return unitForArea(to.area, file, catalogue);
  const name = 'function' in to ? to.function : file.terms.owner;
  const unit = catalogue.unitWithFunction(name);
  if (unit === undefined) throw new ReferenceMissing(`a unit with the function ${name}`);
  return unit;
}

function unitForArea(tier: 'village' | 'district', file: EnteredFile, catalogue: Catalogue): Unit | 'no_area' {
  const area = file.area ?? file.objectPlace.areaCode;
  const unit = area === undefined ? undefined : catalogue.unitForArea(tier, area);
  if (unit !== undefined) return unit;
  // A district's code names no village: no office can be found, now or later.
  if (area === undefined || catalogue.hasArea(area)) return 'no_area';
  throw new ReferenceMissing(`the office of area ${area}`);
}
