import { livingUnits, Refusal, wrongEndings, type CatalogueBundle } from '@garda/contracts';

/** Owners that are no function of one unit: the office of the place where the case comes in. */
const byArea = new Set(['village', 'district']);

/**
 * What no schema of a single item can see: that the parts fit together. A bundle is published whole or not at all, and
 * says all that is wrong with it at once.
 */
export function checkBundle(bundle: CatalogueBundle, today: string): void {
  const wrong = wrongIn(bundle, today);
  if (wrong.length > 0) throw new Refusal('CATALOGUE_INVALID', wrong.slice(0, 20).join('; '));
}

/** All that is wrong, in words. */
export function wrongIn(bundle: CatalogueBundle, today: string): readonly string[] {
  return [
    ...twins(bundle),
    ...lostParents(bundle),
    ...lostOwners(bundle),
    ...beyondCalendar(bundle),
    ...wrongEndings(bundle.units, bundle.endings).map(({ message }) => message),
    ...endingsToCome(bundle, today),
  ];
}

/** A fact tells what has happened: the end of a unit is published when its day has come. */
function endingsToCome({ endings }: CatalogueBundle, today: string): string[] {
  return endings
    .filter(({ on }) => on > today)
    .map(({ unit, on }) => `unit ${unit} ends on ${on}, and it is ${today}: publish that on the day`);
}

function twins({ units, standards, calendars }: CatalogueBundle): string[] {
  const repeated = (kind: string, codes: readonly string[]) =>
    [...new Set(codes.filter((code, i) => codes.indexOf(code) !== i))].map(
      (code) => `${kind} ${code} stands there twice`,
    );
  return [
    ...repeated(
      'unit',
      units.map((unit) => unit.code),
    ),
    ...repeated(
      'standard',
      standards.map((standard) => standard.code),
    ),
    ...repeated(
      'calendar',
      calendars.map((calendar) => calendar.version),
    ),
  ];
}

function lostParents({ units }: CatalogueBundle): string[] {
  const codes = new Set(units.map((unit) => unit.code));
  return units
    .filter((unit) => unit.parent !== undefined && !codes.has(unit.parent))
    .map((unit) => `unit ${unit.code} has a parent that is not there: ${unit.parent}`);
}

function lostOwners({ units, endings, standards }: CatalogueBundle): string[] {
  const functions = new Set(livingUnits(units, endings).flatMap((unit) => unit.functions));
  return standards
    .filter(({ status, owner }) => status === 'published' && !byArea.has(owner) && !functions.has(owner))
    .map(({ code, owner }) => `standard ${code} belongs to ${owner}, which is no unit's function`);
}

/** Rule 2: nothing is promised beyond the days that a calendar knows. */
function beyondCalendar({ standards, calendars }: CatalogueBundle): string[] {
  const last =
    calendars
      .map((calendar) => calendar.lastDay)
      .sort()
      .at(-1) ?? '';
  return standards
    .filter(({ status, validFrom }) => status === 'published' && validFrom > last)
    .map(({ code }) => `standard ${code} begins after the last day of the calendar`);
}
