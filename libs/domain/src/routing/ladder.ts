import type { Catalogue } from '../shared/catalogue';

/**
 * Whose head hears next of a case that nobody moves: the unit's own, the district's or agency's, the quality
 * unit's, the regional secretary's; each once, and never one who is reported or above who is (rule 8).
 */
export function ladder(unit: string | null, reported: string | null, catalogue: Catalogue): readonly string[] {
  const named = [
    ...(unit === null ? [] : headsOf(catalogue.present(unit), catalogue)),
    catalogue.unitOfKind('quality')?.code,
    catalogue.unitOfKind('secretariat')?.code,
  ];
  return eachOnce(named, reported, catalogue);
}

/** The ladder of a case that no unit has: straight to the regional secretary. */
export function triageLadder(reported: string | null, catalogue: Catalogue): readonly string[] {
  const secretariat = catalogue.unitOfKind('secretariat')?.code;
  return secretariat === undefined || catalogue.keepsAway(secretariat, reported) ? [] : [secretariat];
}

/**
 * The ladder of a levy report, which is no part of the other one: the head of the unit that has it, the regional
 * secretary, and then the body outside that stands in for him.
 */
export function levyLadder(unit: string | null, reported: string | null, catalogue: Catalogue): readonly string[] {
  const secretariat = catalogue.unitOfKind('secretariat')?.code;
  const outside = secretariat === undefined ? undefined : catalogue.standInFor(secretariat)?.code;
  return eachOnce([unit ?? undefined, secretariat, outside], reported, catalogue);
}

function eachOnce(
  named: readonly (string | undefined)[],
  reported: string | null,
  catalogue: Catalogue,
): readonly string[] {
  return named.filter(
    (code, index): code is string =>
      code !== undefined && named.indexOf(code) === index && !catalogue.keepsAway(code, reported),
  );
}

/** A village is under its district's head; an agency and a district answer for themselves. */
function headsOf(code: string, catalogue: Catalogue): readonly string[] {
  const unit = catalogue.unit(code);
  return unit?.tier === 'village' && unit.parent !== undefined ? [code, catalogue.present(unit.parent)] : [code];
}
