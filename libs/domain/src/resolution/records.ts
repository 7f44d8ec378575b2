import { Refusal, type RecordedResolutionFact, type ResolutionFact, type StaffCommandBody } from '@garda/contracts';
import { checkOccurredAt } from '../shared/actor';
import { checkNotReported } from '../shared/catalogue';
import type { StaffAsk } from '../shared/commands';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { KnownResolutionCase, OfficeRecord, ResolutionCase } from './case';
import { checkNoParty } from './party';

const correctable = [
  'InformationRequested',
  'ProgressReported',
  'FirstStepTaken',
  'TimeExtended',
  'SupervisionFound',
  'ReportedUnitHeard',
  'GiftDeclined',
  'ProductIssued',
  'CaseRejected',
  'CaseResolved',
  'DisputeDecided',
  'RecordCorrected',
] as const;
type RecordFact = Extract<RecordedResolutionFact, { type: (typeof correctable)[number] }>;

const isOfRecord: ReadonlySet<string> = new Set(correctable);

function isRecordFact(fact: RecordedResolutionFact): fact is RecordFact {
  return isOfRecord.has(fact.type);
}

/** The records after one more fact: nothing leaves them, what is superseded is marked. */
export function recordsAfter(records: readonly OfficeRecord[], fact: RecordedResolutionFact): readonly OfficeRecord[] {
  if (!isRecordFact(fact)) return records;
  const { eventId: ref, type, recordedAt: at, data } = fact;
  const { unit } = data;
  const number = 'number' in data ? (data.number ?? null) : null;
  const marked =
    type === 'RecordCorrected'
      ? records.map((one) => (one.ref === data.supersedes ? { ...one, corrected: ref } : one))
      : records;
  return unit === undefined ? marked : [...marked, { ref, type, unit, at, corrected: null, number }];
}

/** Whoever made a record, or watches over the units, says what is right; what was said before stays where it is. */
export function correctRecord(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'correct-record'>>,
  given: Given,
): readonly ResolutionFact[] {
  const { actor, body, sealedWords: words } = ask;
  checkOccurredAt(actor, body.occurredAt);
  if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'resolution has no such case');
  checkNotReported(given.catalogue, actor, state.file.reportedUnit);
  checkNoParty(state, actor);
  const { record, reason, number, about } = body;
  const found = recordOf(state, record);
  const { unit } = found;
  const mayCorrect =
    actor.kind === 'staff' &&
    (actor.unit === given.catalogue.present(unit) || given.catalogue.isOfKind(actor, 'quality', 'oversight'));
  if (!mayCorrect) throw new Refusal('NOT_RESPONSIBLE', `${unit} made the record`);
  if (number !== undefined && found.number === null) throw new Refusal('RECORD_WITHOUT_NUMBER', `a ${found.type}`);
  if (about !== undefined && !state.file.sealTo.some(({ subject }) => subject === about))
    throw new Refusal('SUBJECT_UNKNOWN', 'nothing is sealed to that subject');
  const { caseId } = state.file;
  const corrected = { supersedes: record, type: found.type, reason, number, words };
  return [resolutionFact('RecordCorrected', { caseId, unit: actor.unit, ...corrected })];
}

function recordOf({ records }: KnownResolutionCase, ref: string): OfficeRecord {
  const found = records.find((one) => one.ref === ref);
  if (found === undefined) throw new Refusal('RECORD_UNKNOWN', 'no such record');
  if (found.corrected !== null) throw new Refusal('RECORD_CORRECTED', `by ${found.corrected}`);
  return found;
}
