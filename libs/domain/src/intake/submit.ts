import {
  Refusal,
  type Actor,
  type Channel,
  type Entry,
  type IntakeData,
  type IntakeFact,
  type PinnedTerms,
  type Sealed,
  type SealTo,
  type ServiceStandard,
  type Submission,
} from '@garda/contracts';
import { checkOccurredAt, filedByOf, isImport } from '../shared/actor';
import type { Catalogue } from '../shared/catalogue';
import { ms, termEnd } from '../shared/deadline';
import { intakeFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { checkAttributes, splitAttributes } from './attributes';
import type { IntakeCase } from './case';
import { entryOf, pinTerms } from './terms';

/** What is handed in, by whom, before anything is sealed. */
export interface Handing {
  readonly actor: Actor;
  readonly submission: Submission;
  /** The record's own date: from the program `import`, or from a desk with a slip, which the caller has checked. */
  readonly receivedAt?: string | undefined;
  readonly slip?: { readonly number: string; readonly line: number } | undefined;
  /** Papers handed in with it, by the ids on the slip. */
  readonly papers?: readonly string[] | undefined;
  readonly occurredAt?: string | undefined;
}

/** Handed in and sealed. */
export interface SubmitCase extends Handing {
  readonly caseId: string;
  readonly number: string;
  readonly channel: Channel;
  /** The applicant's public key; whoever gave no name has one too, for his words. */
  readonly applicant: SealTo;
  /** Person, words, personal attributes: bound to the id of the first fact. */
  readonly sealed: readonly Sealed[];
  readonly contentCommitment: string;
  readonly codeHash?: string | undefined;
  readonly tellBy: IntakeData<'CaseSubmitted'>['tellBy'];
}

/** What a checked submission leads to. */
export interface Accepted {
  readonly standard: ServiceStandard;
  readonly entry: Entry;
  readonly terms: PinnedTerms;
  readonly receivedAt: string;
  readonly reportedUnit: string | undefined;
}

/** All guards of a submission, in the order in which a person would meet them. Sealing may follow. */
export function checkSubmission(handing: Handing, given: Pick<Given, 'now' | 'catalogue'>): Accepted {
  const { actor, submission } = handing;
  const { catalogue } = given;
  checkOccurredAt(actor, handing.occurredAt);
  if (handing.slip === undefined) checkOccurredAt(actor, handing.receivedAt);
  const standard = catalogue.standard(submission.standard);
  if (standard === undefined) throw new Refusal('STANDARD_UNKNOWN', `no standard ${submission.standard}`);
  if (standard.status !== 'published') throw new Refusal('STANDARD_NOT_PUBLISHED', `${standard.code} is a concept`);
  const entry = entryOf(actor, catalogue);
  if (!standard.entry.includes(entry))
    throw new Refusal('ENTRY_NOT_ALLOWED', `${standard.code} is not handed in there`);
  checkFlags(standard, handing);
  checkAttributes(standard, submission.attributes);
  checkPlace(standard, submission, catalogue);
  if ((handing.papers ?? []).length > 0 && actor.kind !== 'staff')
    throw new Refusal('PAPERS_NEED_A_DESK', 'papers are handed in to a person');
  const receivedAt = handing.receivedAt ?? given.now;
  if (ms(receivedAt) > ms(given.now)) throw new Refusal('RECEIVED_IN_FUTURE', 'a case is not received in the future');
  const reportedUnit = reportedUnitOf(submission, catalogue);
  return { standard, entry, terms: pinTerms(standard, entry, receivedAt, catalogue), receivedAt, reportedUnit };
}

/** A new case, under the terms of today. */
export function submitCase(state: IntakeCase, command: SubmitCase, given: Given): readonly IntakeFact[] {
  if (state.status !== 'none') throw new Refusal('CASE_EXISTS', 'the case was submitted before');
  const { standard, entry, terms, receivedAt, reportedUnit } = checkSubmission(command, given);
  const { caseId, number, channel, applicant, sealed, contentCommitment, codeHash, tellBy, submission } = command;
  return [
    intakeFact('CaseSubmitted', {
      ...{ caseId, number, terms, channel, receivedAt, entry, contentCommitment, codeHash, tellBy, reportedUnit },
      filedBy: filedByOf(command.actor),
      area: submission.area ?? deskArea(command.actor, given.catalogue),
      objectPlace: submission.objectPlace,
      identity: submission.identity,
      content: submission.content,
      subjects: [{ subject: applicant.subject, role: 'applicant' }],
      sealTo: [applicant],
      attributes: splitAttributes(standard, submission.attributes).open,
      sealed: [...sealed],
      papers: [...(command.papers ?? [])],
      slip: slipOf(command, terms, receivedAt, given),
    }),
  ];
}

/** Rule 5: a slip that is typed more than three working days after its date is flagged, and counts from its date. */
const typedWithin = '3wd';

function slipOf(
  { slip }: Handing,
  { calendar }: PinnedTerms,
  receivedAt: string,
  { now, catalogue }: Given,
): IntakeData<'CaseSubmitted'>['slip'] {
  if (slip === undefined) return undefined;
  const late = ms(termEnd(catalogue.calendar(calendar), receivedAt, typedWithin)) < ms(now);
  return { ...slip, late };
}

/** At a desk, unless he says otherwise, the citizen is served where he stands. */
function deskArea(actor: Actor, catalogue: Catalogue): string | undefined {
  return actor.kind === 'staff' ? catalogue.unit(actor.unit)?.area : undefined;
}

function checkFlags(standard: ServiceStandard, { actor, submission }: Handing): void {
  const { identity, content } = submission;
  if (!standard.identity.includes(identity)) throw new Refusal('IDENTITY_NOT_ALLOWED', `identity ${identity}`);
  if (!standard.content.includes(content)) throw new Refusal('CONTENT_NOT_ALLOWED', `content ${content}`);
  // The desk sees who stands there; without a slip nobody else could be told.
  if (actor.kind === 'staff' && identity !== 'named')
    throw new Refusal('DESK_NEEDS_NAMED', 'the desk files named cases');
  const needsPerson = identity !== 'none' && !isImport(actor);
  if (needsPerson && submission.person === undefined) throw new Refusal('PERSON_MISSING', `identity is ${identity}`);
}

/** A crew must find the thing; an office must be findable for the area. */
function checkPlace(standard: ServiceStandard, submission: Submission, catalogue: Catalogue): void {
  const { objectPlace, addressString, area } = submission;
  for (const code of [area, objectPlace.areaCode])
    if (code !== undefined && !catalogue.hasArea(code)) throw new Refusal('AREA_UNKNOWN', `no office for ${code}`);
  const point = objectPlace.lat !== undefined && objectPlace.long !== undefined;
  const placed = point || objectPlace.areaCode !== undefined || addressString !== undefined;
  if (standard.publicity === 'place' && !placed) throw new Refusal('PLACE_MISSING', `${standard.code} needs a place`);
}

/** Where a standard asks which unit is reported, the unit must be one of ours. */
function reportedUnitOf(submission: Submission, catalogue: Catalogue): string | undefined {
  const reported = submission.attributes['reported_unit'];
  if (typeof reported !== 'string' || reported === '') return undefined;
  if (catalogue.unit(reported) === undefined) throw new Refusal('ATTRIBUTE_INVALID', 'reported_unit is no unit');
  return reported;
}
