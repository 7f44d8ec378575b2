import type {
  RecordedEvent,
  RecordedIntakeFact,
  RecordedResolutionFact,
  ResolutionData,
  RoutingFact,
} from '@garda/contracts';
import { upcast } from '@garda/contracts';
import { routingFact } from '../shared/facts';
import { NotKnownYet, type Given } from '../shared/fold';
import { isOpen, stageOf, type KnownRoutingCase, type RoutingCase } from './case';
import { fileOf } from './evolve';
import { disputeDecided, disputeReceived } from './disputes';
import { followsNobody, settle } from './followers';
import { isCourseFact, type CourseFact } from '../resolution/course';
import { isPaperFact, paperFacts } from '../resolution/papers';
import { papersComing, papersNoted } from './papers';
import { offerTo, placeOrTriage } from './place';
import { remedialTime } from './remedial';

type Foreign = RecordedIntakeFact | RecordedResolutionFact;

/**
 * What routing takes over from the other contexts (rule 16). Nothing where the fact does not concern it.
 * Throws `NotKnownYet` for a case that has not entered yet, `ReferenceMissing` for an edition not seen yet.
 */
export function routingReaction(state: RoutingCase, foreign: RecordedEvent, given: Given): readonly RoutingFact[] {
  const fact = upcast(foreign) as Foreign;
  if (fact.type === 'CaseSubmitted') return state.status === 'none' ? entering(fact, given) : [];
  if (!isHeard(fact)) return [];
  if (state.status === 'none') throw new NotKnownYet();
  return takeOver(state, fact, given);
}

const heardFacts = [
  'OfficerAssigned',
  'FollowsNoted',
  'PartyDeclared',
  'FirstStepTaken',
  'TimeExtended',
  'SupervisionFound',
  'CitizenTold',
  'AnswerReceived',
  'InformationRequestWithdrawn',
  'StageCompleted',
  'CaseResolved',
  'CaseRejected',
  'WithdrawalReceived',
  'DisputeReceived',
  'DisputeDecided',
  'CaseReopened',
  'CaseClosed',
  ...paperFacts,
  'FeeReceived',
  'FeeAssessmentCancelled',
] as const;
type Heard = Extract<RecordedResolutionFact, { type: (typeof heardFacts)[number] }>;

const heard: ReadonlySet<string> = new Set(heardFacts);

function isHeard(fact: Foreign): fact is Heard {
  return heard.has(fact.type);
}

function takeOver(state: KnownRoutingCase, fact: Heard, given: Given): readonly RoutingFact[] {
  const { caseId } = state.file;
  if (isPaperFact(fact)) return papersNoted(state, fact);
  if (fact.type === 'FeeReceived' || fact.type === 'FeeAssessmentCancelled')
    return waitEnded(state, fact.data.fee, fact.recordedAt);
  if (isCourseFact(fact)) return courseNoted(state, fact);
  switch (fact.type) {
    case 'OfficerAssigned':
      return officerNoted(state, fact.data);
    case 'FollowsNoted':
      return followsNobody(state, fact.data);
    case 'CitizenTold': {
      const { wait, about: ref, at } = fact.data;
      return wait === undefined || !isOpen(state) ? [] : [routingFact('WaitBegan', { caseId, for: wait, ref, at })];
    }
    case 'AnswerReceived':
      return waitEnded(state, fact.data.request, fact.data.answeredAt);
    case 'InformationRequestWithdrawn':
      return waitEnded(state, fact.data.request, fact.recordedAt);
    case 'StageCompleted':
      return stageHandedOver(state, fact.data, given);
    default:
      return takeOverEnd(state, fact, given);
  }
}

type End = Extract<
  Heard,
  {
    type:
      | 'CaseResolved'
      | 'CaseRejected'
      | 'WithdrawalReceived'
      | 'DisputeReceived'
      | 'DisputeDecided'
      | 'CaseReopened'
      | 'CaseClosed';
  }
>;

/** What ends the work, or begins it again. */
function takeOverEnd(state: KnownRoutingCase, fact: End, given: Given): readonly RoutingFact[] {
  switch (fact.type) {
    case 'CaseResolved':
      return [
        ...(fact.data.outcome === 'no_answer' ? allWaitsEnded(state, fact.recordedAt) : []),
        ...settle(state, {
          how: 'decided',
          outcome: fact.data.outcome,
          unit: unitOf(state, fact.data),
          at: fact.recordedAt,
        }),
      ];
    case 'CaseRejected':
      return settle(state, { how: 'decided', outcome: 'rejected', unit: fact.data.unit, at: fact.recordedAt });
    case 'WithdrawalReceived':
      if (fact.data.result !== 'stands') return [];
      return settle(state, { how: 'withdrawn', outcome: 'withdrawn', unit: state.place?.unit, at: fact.recordedAt });
    case 'DisputeReceived':
      return disputeReceived(state, fact.data, given);
    case 'DisputeDecided':
      return disputeDecided(state, fact);
    case 'CaseReopened':
      return [resumed(state, fact.data.reason, given)];
    case 'CaseClosed':
      return [routingFact('CaseReleased', { caseId: state.file.caseId, reason: fact.data.reason })];
  }
}

/** The case comes in and is placed in the same breath. */
function entering({ data }: Extract<Foreign, { type: 'CaseSubmitted' }>, given: Given): readonly RoutingFact[] {
  const { caseId, terms, filedBy, sealTo, papers, receivedAt, entry, area, objectPlace, attributes } = data;
  const { identity, content, reportedUnit } = data;
  const entered = {
    ...{ caseId, terms, filedBy, sealTo, papers, receivedAt, entry, area, objectPlace, attributes },
    ...{ identity, content, reportedUnit },
  };
  // The calendar is not needed to place a case, but a case whose clocks nobody can read must not enter.
  given.catalogue.calendar(terms.calendar);
  const vacancy = { file: fileOf(entered), stage: 0, offer: 1 };
  const placed = placeOrTriage(vacancy, given, (unit) => offerTo(unit, vacancy, 'policy'));
  return [routingFact('CaseEntered', entered), ...placed];
}

/** Who gave the case up because he is a party; the first step; and how much longer it may take. */
function courseNoted({ file: { caseId } }: KnownRoutingCase, fact: Extract<Heard, CourseFact>): readonly RoutingFact[] {
  switch (fact.type) {
    case 'PartyDeclared': {
      const { offer, unit } = fact.data;
      return offer === undefined ? [] : [routingFact('OfficerNoted', { caseId, offer, unit })];
    }
    case 'FirstStepTaken':
      return [routingFact('FirstStepNoted', { caseId, unit: fact.data.unit })];
    case 'TimeExtended':
    case 'SupervisionFound': {
      const { stage, time } = fact.data;
      const kind = fact.type === 'TimeExtended' ? 'extension' : 'supervision';
      return [routingFact('TimeExtensionNoted', { caseId, kind, stage, time })];
    }
  }
}

/** Who took it has acknowledged it; but only the present offer counts, and not while its papers are on the way. */
function officerNoted(state: KnownRoutingCase, data: ResolutionData<'OfficerAssigned'>): readonly RoutingFact[] {
  const { offer, unit, officer } = data;
  const { caseId } = state.file;
  const noted = routingFact('OfficerNoted', { caseId, offer, unit, officer });
  if (state.status !== 'offered' || state.place.offer !== offer || papersComing(state.papers)) return [noted];
  return [noted, routingFact('HandOverAcknowledged', { caseId, unit, offer, how: 'officer_assigned' })];
}

function waitEnded(state: KnownRoutingCase, ref: string | undefined, at: string): readonly RoutingFact[] {
  const { caseId } = state.file;
  return state.waits
    .filter((wait) => wait.until === null && wait.ref === ref)
    .map((wait) => routingFact('WaitEnded', { caseId, for: wait.for, ref: wait.ref, at }));
}

function allWaitsEnded(state: KnownRoutingCase, at: string): readonly RoutingFact[] {
  return state.waits.flatMap(({ ref }) => waitEnded(state, ref, at));
}

/** The next stage of the pinned terms, by the pinned policy; only for the stage that routing has itself. */
function stageHandedOver(
  state: KnownRoutingCase,
  { unit: from, stage }: ResolutionData<'StageCompleted'>,
  given: Given,
): readonly RoutingFact[] {
  const next = stage + 1;
  const terms = state.file.terms.stages[next];
  if (!isOpen(state) || state.stage !== stage || terms === undefined) return [];
  const offer = state.offers + 1;
  const { caseId } = state.file;
  return placeOrTriage({ file: state.file, stage: next, offer }, given, (unit) => [
    routingFact('StageHandedOver', { caseId, from, unit, offer, stage: next, terms }),
  ]);
}

/** A follower may be decided before the work has heard which unit it is with; routing knows. */
function unitOf({ place }: KnownRoutingCase, { unit, outcome }: ResolutionData<'CaseResolved'>): string | undefined {
  return outcome === 'as_leader' ? (unit ?? place?.unit) : unit;
}

/**
 * Back to the unit that had it, to triage where no unit had it. What the office did wrong it mends in a time of its own;
 * where the citizen only answered late, the stage has its time anew.
 */
function resumed(
  state: KnownRoutingCase,
  reason: ResolutionData<'CaseReopened'>['reason'],
  { catalogue }: Given,
): RoutingFact {
  const { caseId, terms } = state.file;
  const had = state.settled?.unit ?? undefined;
  const mends = reason === 'upheld' || reason === 'ex_officio';
  return routingFact('CaseResumed', {
    caseId,
    unit: had === undefined ? undefined : catalogue.present(had),
    offer: state.offers + 1,
    stage: state.stage,
    time: mends ? remedialTime(terms.stages.map(({ time }) => time)) : stageOf(state.file, state.stage).time,
    anotherOfficer: reason === 'upheld' ? true : undefined,
    // What was only told of another case stands for itself again, and was promised from its own receipt.
    from: reason === 'unlinked' ? state.file.receivedAt : undefined,
  });
}
