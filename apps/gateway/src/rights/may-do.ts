import type { CaseKind, IdentityFlag } from '@garda/contracts';
import type { Roles, Scope } from './roles';
import type { UnitTree } from './units';

export type Principal =
  | {
      readonly kind: 'staff';
      readonly id: string;
      readonly unit: string;
      readonly roles: readonly string[];
      /** For whom he stands in today. */
      readonly standsInFor?: readonly string[];
    }
  | { readonly kind: 'program'; readonly id: string };
export type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;

/** What the case file knows of a case that a right can hang on. Everything may still be on its way here. */
export interface CaseFacts {
  readonly kind?: CaseKind | undefined;
  readonly identity?: IdentityFlag | undefined;
  readonly reportedUnit?: string | undefined;
  /** The unit that answers for the case now. */
  readonly responsibleUnit?: string | undefined;
  readonly filedUnit?: string | undefined;
  /** Units that have or had a stage of the case. */
  readonly stageUnits: readonly string[];
  /** Units that have papers of the case, sent them, or wait for them. */
  readonly paperUnits?: readonly string[] | undefined;
  readonly officer?: string | undefined;
  /** Everybody who was ever assigned: a treasurer never confirms a payment for a case he works on. */
  readonly workedBy: readonly string[];
  /** The unit named to decide the present dispute, and the one whose decision is disputed. */
  readonly disputeUnit?: string | undefined;
  readonly decidedBy?: string | undefined;
  /** The unit whose mandate the citizen has confirmed. */
  readonly mandateUnit?: string | undefined;
}

/** Contract, as all refusal codes are. */
export const rightCodes = [
  'RIGHT_MISSING',
  'CITIZEN_ONLY',
  'CASE_NOT_FOUND',
  'UNIT_IS_REPORTED',
  'OWN_DECISION',
  'IDENTITY_WITHHELD',
  'NOT_YOUR_UNIT',
  'NOT_YOUR_CASE',
  'NOT_TREASURY',
  'WORKED_ON_CASE',
  'NOT_NAMED_TO_DECIDE',
  'NOT_STANDING_IN',
  'NO_MANDATE',
  'UNIT_ENDED',
] as const;
export type RightCode = (typeof rightCodes)[number];

export type Verdict = { readonly may: true } | { readonly may: false; readonly code: RightCode };
const yes: Verdict = { may: true };
const no = (code: RightCode): Verdict => ({ may: false, code });

/** Verbs of the work: here "my unit" is only the one that is responsible now. */
const workVerbs: ReadonlySet<string> = new Set([
  'case.take',
  'case.assign',
  'handover.ack',
  'case.accept',
  'case.ask',
  'case.progress',
  'stage.complete',
  'case.resolve',
  'case.refuse',
  'product.issue',
  'fee.assess',
  'time.extend',
  'case.transfer',
  'case.return',
]);
const rolesThatSeeWithheld: ReadonlySet<string> = new Set(['quality_unit', 'inspectorate']);

/**
 * May this principal do this? The one judgement of rights. `about` is left out for what concerns no case yet
 * (filing) or no case at all (the catalogue, operations). Pure: the same facts give the same answer.
 */
export function mayDo(
  verb: string,
  who: Principal,
  about: CaseFacts | undefined,
  by: { roles: Roles; units: UnitTree },
): Verdict {
  if (by.roles.isByMandate(verb)) return mandateMay(verb, who, about, by);
  if (by.roles.isCitizens(verb)) return no('CITIZEN_ONLY');
  if (who.kind === 'program') return programMay(verb, who.id, about, by.roles);
  const held = who.roles.filter((role) => by.roles.scopeOf(verb, role) !== 'n');
  if (held.length === 0) return no('RIGHT_MISSING');
  // What was done stays to be read; what is to be done is the successor's.
  if (by.units.isEnded(who.unit) && !verb.endsWith('.read')) return no('UNIT_ENDED');
  if (about === undefined) return caseless(held, verb, who, by);
  const never = neverFor(verb, who, about, by);
  if (never !== undefined) return no(never);
  const counting =
    verb === 'person.disclose' && about.identity === 'withheld'
      ? held.filter((r) => rolesThatSeeWithheld.has(r))
      : held;
  if (counting.length === 0) return no('IDENTITY_WITHHELD');
  const verdicts = counting.map((role) => withinScope(by.roles.scopeOf(verb, role), verb, who, about, by.units));
  return verdicts.find((v) => v.may) ?? mostTelling(verdicts);
}

/** What only the citizen does is done for him by the desk whose mandate he has confirmed, and by nobody else. */
function mandateMay(
  verb: string,
  who: Principal,
  about: CaseFacts | undefined,
  by: { roles: Roles; units: UnitTree },
): Verdict {
  if (who.kind !== 'staff' || about === undefined) return no('CITIZEN_ONLY');
  if (who.roles.every((role) => by.roles.scopeOf('mandate.record', role) === 'n')) return no('RIGHT_MISSING');
  if (by.units.isEnded(who.unit)) return no('UNIT_ENDED');
  const never = neverFor(verb, who, about, by);
  if (never !== undefined) return no(never);
  return about.mandateUnit === who.unit ? yes : no('NO_MANDATE');
}

/** Whether somebody may know who does not want to be named. */
export function seesWithheld(who: Principal): boolean {
  return who.kind === 'staff' && who.roles.some((role) => rolesThatSeeWithheld.has(role));
}

/** Levy cases are visible to nobody outside: not even that they exist is said. */
function isHidden(verb: string, about: CaseFacts): boolean {
  return (about.kind === 'levy') !== verb.startsWith('levy.');
}

function programMay(verb: string, program: string, about: CaseFacts | undefined, roles: Roles): Verdict {
  if (!roles.programMay(program, verb)) return no('RIGHT_MISSING');
  return about !== undefined && isHidden(verb, about) ? no('CASE_NOT_FOUND') : yes;
}

/** Where there is no case, every scope but those that need one is the person's own. */
function caseless(
  held: readonly string[],
  verb: string,
  who: StaffPrincipal,
  by: { roles: Roles; units: UnitTree },
): Verdict {
  const verdicts = held.map((role) => {
    const scope = by.roles.scopeOf(verb, role);
    if (scope === 't') return by.units.kindOf(who.unit) === 'treasury' ? yes : no('NOT_TREASURY');
    if (scope === 'd') return no('NOT_NAMED_TO_DECIDE');
    if (scope === 's') return by.units.isStandIn(who.unit) ? yes : no('NOT_STANDING_IN');
    return yes;
  });
  return verdicts.find((v) => v.may) ?? mostTelling(verdicts);
}

/** What holds whatever the role says; a unit named to decide the dispute is free of it. */
function neverFor(
  verb: string,
  who: StaffPrincipal,
  about: CaseFacts,
  { units }: { units: UnitTree },
): RightCode | undefined {
  if (isHidden(verb, about)) return 'CASE_NOT_FOUND';
  if (isOf(about.disputeUnit, who, units)) return undefined;
  if (
    about.reportedUnit !== undefined &&
    units.isInLineBelowOrSame(about.reportedUnit, who.unit) &&
    !units.standsInFor(about.reportedUnit, who.unit)
  )
    return 'UNIT_IS_REPORTED';
  if (verb.startsWith('dispute.') && isOf(about.decidedBy, who, units)) return 'OWN_DECISION';
  return undefined;
}

function withinScope(scope: Scope, verb: string, who: StaffPrincipal, about: CaseFacts, units: UnitTree): Verdict {
  const mine = (workVerbs.has(verb) ? [about.responsibleUnit] : relatedUnits(about)).flatMap((unit) =>
    unit === undefined ? [] : units.withSuccessors(unit),
  );
  // Whoever is to decide a dispute must be able to read what it is about.
  if (verb === 'case.read' && isOf(about.disputeUnit, who, units)) return yes;
  switch (scope) {
    case 'a':
      return yes;
    case 'u':
      return mine.includes(who.unit) ? yes : no('NOT_YOUR_UNIT');
    case 'b':
      return mine.some((unit) => units.isBelowOrSame(unit, who.unit)) ? yes : no('NOT_YOUR_UNIT');
    case 'o':
      if (!mine.includes(who.unit)) return no('NOT_YOUR_UNIT');
      return hasIt(about.officer, who) ? yes : no('NOT_YOUR_CASE');
    case 't':
      if (units.kindOf(who.unit) !== 'treasury') return no('NOT_TREASURY');
      return about.workedBy.includes(who.id) ? no('WORKED_ON_CASE') : yes;
    case 'd':
      return isOf(about.disputeUnit, who, units) ? yes : no('NOT_NAMED_TO_DECIDE');
    case 's':
      return isOf(about.disputeUnit, who, units) ||
        (about.reportedUnit !== undefined && units.standsInFor(about.reportedUnit, who.unit))
        ? yes
        : no('NOT_STANDING_IN');
    case 'n':
      return no('RIGHT_MISSING');
  }
}

/** Whether somebody is of this unit, or of one that came after it. */
function isOf(unit: string | undefined, who: StaffPrincipal, units: UnitTree): boolean {
  return unit !== undefined && units.withSuccessors(unit).includes(who.unit);
}

function hasIt(officer: string | undefined, { id, standsInFor = [] }: StaffPrincipal): boolean {
  return officer !== undefined && (officer === id || standsInFor.includes(officer));
}

/** "My unit" outside the work itself: responsible now, filed it, has or had a stage, or has its papers. */
function relatedUnits(about: CaseFacts): readonly (string | undefined)[] {
  return [about.responsibleUnit, about.filedUnit, ...about.stageUnits, ...(about.paperUnits ?? [])];
}

/** Of several refusals the one that says most about what is missing. */
function mostTelling(verdicts: readonly Verdict[]): Verdict {
  const codes = verdicts.flatMap((v) => (v.may ? [] : [v.code]));
  return no(codes.find((c) => c === 'NOT_YOUR_CASE') ?? codes[0] ?? 'RIGHT_MISSING');
}
