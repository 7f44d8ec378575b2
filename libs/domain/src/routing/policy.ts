import type { RoutingData, RoutingPolicy, StageTerms, Unit } from '@garda/contracts';
import { ReferenceMissing, type Catalogue } from '../shared/catalogue';
import { isLevy, stageOf, type EnteredFile } from './case';

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
 * in line, is never chosen (rule 8): who stands in for it is, or a person decides. Throws `ReferenceMissing` while the unit that the
 * rule names is not seen: catalogue and place were checked at submission, so it exists.
 */
export function placeByPolicy(file: EnteredFile, stage: number, catalogue: Catalogue): Placement {
  const terms = stageOf(file, stage);
  const rule = catalogue.policy(file.terms.policy).rules.find((one) => fits(one, file, terms));
  if (rule?.suggest !== undefined) return { triage: 'suggests_outside', suggestion: rule.suggest };
  if (rule?.to === undefined) return { triage: 'no_rule' };
  const unit = unitFor(rule.to, file, catalogue);
  if (unit === 'no_area') return { triage: 'no_area' };
  return placeWith(standInOf(unit, file, catalogue) ?? unit, file, catalogue);
}

function placeWith(unit: Unit, file: EnteredFile, catalogue: Catalogue): Placement {
  if (unit.tier === 'external') return { triage: 'suggests_outside', suggestion: { refer: unit.code } };
  if (catalogue.keepsAway(unit.code, file.reportedUnit)) return { triage: 'reported_unit' };
  return { unit: unit.code };
}

/**
 * What is about one of those who watch over the others goes to whoever stands in for it. A levy report stays with those
 * who may read it, unless it is about them.
 */
function standInOf(unit: Unit, file: EnteredFile, catalogue: Catalogue): Unit | undefined {
  const { reportedUnit } = file;
  const kept = isLevy(file) && !catalogue.isAboveOrSame(unit.code, reportedUnit);
  return kept || reportedUnit === null ? undefined : catalogue.standInFor(reportedUnit);
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
