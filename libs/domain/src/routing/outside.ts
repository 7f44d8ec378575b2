import { Refusal, type Actor, type RoutingFact, type StaffCommandBody } from '@garda/contracts';
import { checkOccurredAt } from '../shared/actor';
import { officeCalendar } from '../shared/calendar';
import { checkNotReported, type Catalogue } from '../shared/catalogue';
import type { StaffAsk } from '../shared/commands';
import { ms, termEnd } from '../shared/deadline';
import type { Due } from '../shared/due';
import { routingFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { silences } from '../shared/silences';
import { activeReferral, hasClimbed, type KnownRoutingCase, type Referral, type RoutingCase } from './case';
import { entered, openCase } from './hand-over';

const [askAfter, givenUpAfter] = silences.outside.terms;

/** Not the regency's: a body outside has it from now on, and the citizen is told which, and how to ask there. */
export function referCase(
  state: RoutingCase,
  ask: StaffAsk<StaffCommandBody<'refer'>>,
  given: Given,
): readonly RoutingFact[] {
  const { actor, body: said } = ask;
  const { catalogue } = given;
  checkOccurredAt(actor, said.occurredAt);
  const known = openCase(state);
  checkNotReported(catalogue, actor, known.file.reportedUnit);
  if (known.status === 'offered') throw new Refusal('NOT_ACKNOWLEDGED', `${known.place.unit} has not acknowledged it`);
  const by = referringUnit(actor, known.place?.unit, catalogue);
  if (catalogue.unit(said.body)?.tier !== 'external') throw new Refusal('UNIT_UNKNOWN', `no body outside ${said.body}`);
  const { reference, contact, followUpOn } = said;
  if (reference === undefined && contact === undefined)
    throw new Refusal('REFERENCE_MISSING', 'the citizen must know how to ask there');
  const today = officeCalendar(catalogue.calendar(known.file.terms.calendar)).dateOf(ms(given.now));
  if (followUpOn < today) throw new Refusal('FOLLOW_UP_PAST', `it is ${today}`);
  const { caseId } = known.file;
  return [routingFact('CaseReferredOutside', { caseId, by, body: said.body, reference, contact, followUpOn })];
}

/** The referring unit has asked there how far it is. */
export function askOutside(
  state: RoutingCase,
  ask: StaffAsk<StaffCommandBody<'ask-outside'>>,
  given: Given,
): readonly RoutingFact[] {
  const { caseId, referral, by } = followed(state, ask, given);
  return [routingFact('OutsideBodyAsked', { caseId, body: referral.body, by })];
}

/** The body outside has answered: nothing is left to be asked. */
export function outsideAnswered(
  state: RoutingCase,
  ask: StaffAsk<StaffCommandBody<'outside-answered'>>,
  given: Given,
): readonly RoutingFact[] {
  const { caseId, referral, by } = followed(state, ask, given);
  return [routingFact('OutsideBodyAnswered', { caseId, body: referral.body, how: 'answered', by })];
}

/** The body outside that the case lies with and that has not answered yet, if there is one. */
export function waitsFor(state: KnownRoutingCase): readonly Referral[] {
  const referral = activeReferral(state);
  return referral === null || referral.answer !== null ? [] : [referral];
}

/** The clocks of a referral: the unit is told to ask, and at last nobody waits any more. Also after the case is closed. */
export function outside(state: KnownRoutingCase, catalogue: Catalogue): readonly Due[] {
  const calendar = catalogue.calendar(state.file.terms.calendar);
  return waitsFor(state).flatMap(({ at, asked, version: startedVersion }) => {
    const row = (rung: number, term: string): Due => {
      return { clock: 'outside', startedVersion, rung, dueAt: termEnd(calendar, at, term) };
    };
    return [...(asked ? [] : [row(1, askAfter)]), row(2, givenUpAfter)].filter((due) => !hasClimbed(state, due));
  });
}

/** Sixty working days without an answer: recorded as none. */
export function outsideSilent(state: KnownRoutingCase): readonly RoutingFact[] {
  const { caseId } = state.file;
  return waitsFor(state).map(({ body }) => routingFact('OutsideBodyAnswered', { caseId, body, how: 'none' }));
}

function followed(
  state: RoutingCase,
  { actor, body }: StaffAsk<{ readonly occurredAt?: string | undefined }>,
  { catalogue }: Given,
): { readonly caseId: string; readonly referral: Referral; readonly by: string } {
  checkOccurredAt(actor, body.occurredAt);
  const known = entered(state);
  const [referral] = waitsFor(known);
  if (referral === undefined) throw new Refusal('NOT_REFERRED', `the case is ${known.status}`);
  checkNotReported(catalogue, actor, known.file.reportedUnit);
  return { caseId: known.file.caseId, referral, by: referringUnit(actor, referral.by, catalogue) };
}

/** The unit that has the case or referred it, or who watches over all of them. */
function referringUnit(actor: Actor, unit: string | undefined, catalogue: Catalogue): string {
  if (actor.kind === 'staff' && catalogue.isOfKind(actor, 'quality', 'secretariat')) return actor.unit;
  if (unit !== undefined && catalogue.actsFor(actor, unit)) return catalogue.present(unit);
  throw new Refusal('NOT_RESPONSIBLE', 'the unit neither has the case nor has referred it');
}
