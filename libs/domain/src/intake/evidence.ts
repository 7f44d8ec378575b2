import {
  Refusal,
  type IntakeData,
  type IntakeFact,
  type RecordedIntakeFact,
  type StaffCommandBody,
} from '@garda/contracts';
import type { StaffAsk } from '../shared/commands';
import { intakeFact } from '../shared/facts';
import type { IntakeCase, SubmittedCase } from './case';
import { checkNotErased } from './erasure';
import { confirmedUnit } from './mandate';
import { submittedCase } from './submitted';

export type AttachEvidence = Omit<IntakeData<'EvidenceAttached'>, 'caseId'>;

export function attached(
  state: SubmittedCase,
  { eventId: ref, recordedAt: at, data }: Extract<RecordedIntakeFact, { type: 'EvidenceAttached' }>,
): SubmittedCase {
  const { sha256, mediaType, size = null } = data;
  const evidence = [...state.evidence, { ref, sha256, mediaType, size, at }];
  return { ...state, answers: [...state.answers, ref], evidence };
}

/** The code holder attaches a file that is kept elsewhere, to the open question or unasked, each file once. */
export function attachEvidence(state: IntakeCase, command: AttachEvidence): readonly IntakeFact[] {
  const known = submittedCase(state);
  checkNotErased(known);
  if (known.status === 'closed' || known.status === 'withdrawn')
    throw new Refusal('CASE_NOT_OPEN', `the case is ${known.status}`);
  const { request, sha256 } = command;
  if (request !== undefined && known.question?.ref !== request)
    throw new Refusal('REQUEST_NOT_OPEN', 'no such question is open');
  if (known.evidence.some((one) => one.sha256 === sha256)) throw new Refusal('EVIDENCE_KNOWN', 'the same hash');
  return [intakeFact('EvidenceAttached', { ...command, caseId: known.file.caseId })];
}

/** The same for him by the unit whose mandate he has confirmed. */
export function attachForCitizen(
  state: IntakeCase,
  { actor, body, sealedWords }: StaffAsk<StaffCommandBody<'attach-evidence'>>,
): readonly IntakeFact[] {
  if (actor.kind !== 'staff' || actor.unit !== confirmedUnit(submittedCase(state)))
    throw new Refusal('MANDATE_MISSING', 'the unit has no confirmed mandate');
  const { request, sha256, mediaType, size } = body;
  const sealed = sealedWords === undefined ? [] : [sealedWords];
  return attachEvidence(state, { request, sha256, mediaType, size, sealed });
}
