import {
  upcast,
  type RecordedEvent,
  type RecordedIntakeFact,
  type RecordedRoutingFact,
  type ResolutionFact,
  type RoutingData,
  type StageTerms,
} from '@garda/contracts';
import { resolutionFact } from '../shared/facts';
import { NotKnownYet, type Given } from '../shared/fold';
import { isOpenWork, openQuestion, type KnownResolutionCase, type Proxy, type ResolutionCase } from './case';
import { disputeReceived, disputeRouted } from './disputes';
import { answersInTime } from './due';
import { openFees, unclaimed } from './fees';
import { leaderSettled, linked, unlinked } from './follows';
import { outsideNoted, referredOutside } from './outside';
import { endedBySilence } from './start';

type Foreign = RecordedIntakeFact | RecordedRoutingFact;

const heard: ReadonlySet<string> = new Set([
  'CaseRouted',
  'StageHandedOver',
  'CaseTransferred',
  'CaseReturned',
  'CaseSentToTriage',
  'CaseResumed',
  'DuplicateLinked',
  'DuplicateUnlinked',
  'WorkSettled',
  'DisputeRouted',
  'CaseReferredOutside',
  'OutsideBodyAsked',
  'OutsideBodyAnswered',
  'InformationProvided',
  'EvidenceAttached',
  'CitizenNotified',
  'CaseWithdrawn',
  'ServiceRated',
  'MandateRecorded',
  'MandateConfirmed',
  'MandateCarrierChanged',
  'MandateEnded',
  'ResolutionDisputed',
  'RefundClaimed',
]);

/**
 * What resolution takes over from the other contexts (rule 16). Nothing where the fact does not concern it.
 * Throws `NotKnownYet` for a case that routing has not made known yet.
 */
export function resolutionReaction(
  state: ResolutionCase,
  foreign: RecordedEvent,
  given: Given,
): readonly ResolutionFact[] {
  const fact = upcast(foreign) as Foreign;
  if (fact.type === 'CaseEntered') return state.status === 'none' ? caseKnown(fact.data) : [];
  if (!heard.has(fact.type)) return [];
  if (state.status === 'none') throw new NotKnownYet();
  return takeOver(state, fact, given);
}

function takeOver(state: KnownResolutionCase, fact: Foreign, given: Given): readonly ResolutionFact[] {
  const { caseId } = state.file;
  switch (fact.type) {
    case 'CaseRouted':
      return stageReceived(state, fact.data);
    case 'StageHandedOver':
    case 'CaseTransferred':
      return stageReceived(state, { ...fact.data, binding: false });
    case 'CaseReturned':
      return fact.data.to === undefined
        ? [resolutionFact('WorkReceived', { caseId, kind: 'none' })]
        : stageReceived(state, { ...fact.data.to, binding: false });
    case 'CaseResumed':
      return resumed(state, fact.data);
    case 'CaseSentToTriage':
      return [resolutionFact('WorkReceived', { caseId, kind: 'none' })];
    case 'DuplicateLinked':
      return fact.data.follower === caseId ? linked(state, fact.data) : []; // the leader's half of the pair
    case 'DuplicateUnlinked':
      return fact.data.follower === caseId ? unlinked(state, fact.data.link) : [];
    case 'WorkSettled':
      return leaderSettled(state, fact.data);
    default:
      return takeOverCitizen(state, fact, given);
  }
}

/** What the citizen does, or is told. */
function takeOverCitizen(state: KnownResolutionCase, fact: Foreign, given: Given): readonly ResolutionFact[] {
  const { caseId } = state.file;
  switch (fact.type) {
    case 'InformationProvided':
    case 'EvidenceAttached':
      return answered(state, fact, given);
    case 'CitizenNotified':
      return fact.data.ok ? told(state, fact.data.about, fact.recordedAt) : [];
    case 'CaseWithdrawn':
      return [resolutionFact('WithdrawalReceived', { caseId, withdrawal: fact.eventId, result: withdrawalOf(state) })];
    case 'MandateRecorded':
    case 'MandateConfirmed':
    case 'MandateCarrierChanged':
    case 'MandateEnded':
      return mandateNoted(state, fact);
    case 'ServiceRated': {
      const { decision, satisfied } = fact.data;
      return [resolutionFact('SatisfactionReceived', { caseId, decision, satisfied })];
    }
    case 'RefundClaimed':
      return [
        resolutionFact('RefundClaimReceived', { caseId, claim: fact.eventId }),
        ...unclaimed(state.money).map(({ ref: payment, amount }) =>
          resolutionFact('RefundRequested', { caseId, payment, amount, reason: 'claim' }),
        ),
      ];
    default:
      return takeOverDecision(state, fact, given);
  }
}

/** What other units, bodies outside and the citizen do about a decision. */
function takeOverDecision(state: KnownResolutionCase, fact: Foreign, given: Given): readonly ResolutionFact[] {
  switch (fact.type) {
    case 'CaseReferredOutside':
      return referredOutside(state, fact.data);
    case 'OutsideBodyAsked':
      return [outsideNoted(state, fact, 'asked')];
    case 'OutsideBodyAnswered':
      return [outsideNoted(state, fact, fact.data.how)];
    case 'DisputeRouted':
      return disputeRouted(state, fact.data, given);
    case 'ResolutionDisputed':
      return [disputeReceived(state, fact, given)];
    default:
      return [];
  }
}

/** Known, and the papers that came with it are at the desk that took it. */
function caseKnown(data: RoutingData<'CaseEntered'>): readonly ResolutionFact[] {
  const { caseId, terms, filedBy, sealTo, identity, content, papers, reportedUnit } = data;
  const all = { caseId, terms, filedBy, sealTo, identity, content, papers, reportedUnit };
  const known = resolutionFact('CaseKnown', all);
  if (papers.length === 0 || filedBy.by !== 'desk') return [known];
  return [known, resolutionFact('DocumentsReceived', { caseId, unit: filedBy.unit, items: papers })];
}

interface Stage {
  readonly unit: string;
  readonly offer: number;
  readonly stage: number;
  readonly terms: StageTerms;
  readonly binding: boolean;
}

/** The filing officer has the case where his own unit has the first stage: he met the citizen. */
function stageReceived(state: KnownResolutionCase, { unit, offer, stage, terms, binding }: Stage) {
  const { caseId, filedBy } = state.file;
  const received = resolutionFact('WorkReceived', { caseId, kind: 'stage', unit, offer, stage, terms, binding });
  if (stage !== 0 || filedBy.by !== 'desk' || filedBy.unit !== unit || !isOpenWork(state)) return [received];
  const { officer } = filedBy;
  if (state.barred.includes(officer) || state.course.parties.includes(officer)) return [received];
  return [received, resolutionFact('OfficerAssigned', { caseId, offer, unit, officer, by: 'filed_here' })];
}

function resumed(state: KnownResolutionCase, { unit, offer, stage }: RoutingData<'CaseResumed'>) {
  const { caseId, terms: pinned } = state.file;
  const terms = pinned.stages[stage];
  if (unit === undefined || terms === undefined) return [resolutionFact('WorkReceived', { caseId, kind: 'none' })];
  return [resolutionFact('WorkReceived', { caseId, kind: 'stage', unit, offer, stage, terms, binding: false })];
}

function answered(
  state: KnownResolutionCase,
  fact: Extract<Foreign, { type: 'InformationProvided' | 'EvidenceAttached' }>,
  given: Given,
): readonly ResolutionFact[] {
  const { caseId } = state.file;
  const { request } = fact.data;
  const items = fact.type === 'InformationProvided' ? fact.data.items : [];
  const answer = { answer: fact.eventId, request, items, answeredAt: fact.recordedAt };
  const received = resolutionFact('AnswerReceived', { caseId, ...answer });
  // While the decision is disputed, the dispute decides first.
  const waits = state.status === 'decided' || state.status === 'closed';
  const reopens = waits && endedBySilence(state) && answersInTime(state, answer, given.catalogue);
  return reopens ? [received, resolutionFact('CaseReopened', { caseId, reason: 'answered' })] : [received];
}

/** Told once is told; a question or a bill still open here makes routing stop its clock. */
function told(state: KnownResolutionCase, about: string, at: string): readonly ResolutionFact[] {
  if (state.told.includes(about)) return [];
  const waits = state.status === 'waiting' && openQuestion(state)?.ref === about;
  const bill = isOpenWork(state) && openFees(state.money).some(({ ref }) => ref === about);
  const { caseId } = state.file;
  return [resolutionFact('CitizenTold', { caseId, about, at, wait: waits ? 'question' : bill ? 'fee' : undefined })];
}

type MandateFact = Extract<
  Foreign,
  { type: 'MandateRecorded' | 'MandateConfirmed' | 'MandateCarrierChanged' | 'MandateEnded' }
>;

/** What a fact about a mandate leaves unsaid is in this log from the one before: intake's facts come in order. */
function mandateNoted(state: KnownResolutionCase, fact: MandateFact): readonly ResolutionFact[] {
  const { caseId } = state.file;
  const noted = (to: Omit<Proxy, 'at'>): readonly ResolutionFact[] => [
    resolutionFact('MandateNoted', { caseId, mandate: to.ref, unit: to.unit, carrier: to.carrier, state: to.state }),
  ];
  if (fact.type === 'MandateRecorded')
    return noted({ ref: fact.eventId, unit: fact.data.unit, carrier: fact.data.carrier, state: 'recorded' });
  const { mandate } = state;
  if (mandate?.ref !== fact.data.mandate) return [];
  if (fact.type === 'MandateCarrierChanged') return noted({ ...mandate, carrier: fact.data.carrier });
  return noted({ ...mandate, state: fact.type === 'MandateConfirmed' ? 'confirmed' : 'ended' });
}

/** Whichever is first in this log counts: a withdrawal after the decision is too late, and the window is open. */
function withdrawalOf(state: KnownResolutionCase): 'stands' | 'too_late' | 'goes_on' {
  if (!isOpenWork(state)) return 'too_late';
  return state.file.terms.kind === 'levy' || state.course.supervision !== null ? 'goes_on' : 'stands';
}
