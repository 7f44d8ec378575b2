import type { Context } from './values';
import type { StaffCommandName } from './commands/staff';

/** Who can cause a fact. Each way is told: what is missing here, nobody does. */
export interface Causes {
  /** Commands of staff, and of the programs that have their verb. */
  readonly commands?: readonly StaffCommandName[];
  /** Verbs of roles.yaml with a route of their own. */
  readonly verbs?: readonly string[];
  /** Verbs of whoever holds the tracking code. */
  readonly holder?: readonly string[];
  /** Anybody, without being known. */
  readonly anybody?: true;
  /** Silence: a term that ran out. */
  readonly clock?: true;
  /** Another context's fact, or the service itself after one of its own. */
  readonly reaction?: true;
}

const reaction: Causes = { reaction: true };
const clock: Causes = { clock: true };
const by = (...commands: readonly StaffCommandName[]): Causes => ({ commands });
const published: Causes = { verbs: ['standard.publish'] };

type CausesOf = Readonly<Record<string, Causes>>;

const intakeCauses: CausesOf = {
  CaseSubmitted: { anybody: true, verbs: ['case.file'] },
  InformationProvided: { ...by('provide-information'), holder: ['information.provide'] },
  EvidenceAttached: { ...by('attach-evidence'), holder: ['evidence.attach'] },
  CaseWithdrawn: { holder: ['case.withdraw'] },
  ServiceRated: { holder: ['case.rate'] },
  ResolutionDisputed: { holder: ['case.dispute'] },
  RefundClaimed: { holder: ['refund.claim'] },
  MandateRecorded: by('record-mandate'),
  MandateConfirmed: { holder: ['mandate.confirm'] },
  MandateCarrierChanged: by('change-carrier'),
  MandateEnded: { ...by('end-mandate', 'record-mandate'), holder: ['mandate.revoke'], clock: true },
  DutyDue: clock,
  CitizenNotified: { ...by('tell-citizen'), reaction: true },
  PublicSummaryPublished: by('publish-summary'),
  PersonalDataDisclosed: by('disclose'),
  TrackingCodeReissued: by('reissue-code'),
  CaseProgressNoted: reaction,
  FeeNoted: reaction,
  SlipBookIssued: { verbs: ['slips.issue'] },
  SlipRevoked: { verbs: ['slips.revoke'] },
  StandardPublished: published,
  StandardSuperseded: published,
  UnitPublished: published,
  CalendarPublished: published,
  PolicyPublished: published,
  UnitEnded: published,
  StandInNamed: { verbs: ['standin.name'] },
  ErasureRequested: { holder: ['erasure.request'] },
  ErasureRefused: by('decide-erasure'),
  PersonalDataErased: { ...by('decide-erasure'), clock: true },
  PaymentDeclared: { holder: ['payment.declare'] },
};

const routingCauses: CausesOf = {
  CaseEntered: reaction,
  CaseRouted: { ...by('triage'), reaction: true },
  CaseSentToTriage: { ...by('transfer', 'return'), reaction: true },
  HandOverAcknowledged: { ...by('acknowledge', 'triage'), clock: true, reaction: true },
  StageHandedOver: reaction,
  CaseTransferred: { ...by('transfer'), reaction: true }, // to the successor of a unit that has ended
  CaseReturned: by('return'),
  CaseReferredOutside: by('refer'),
  OutsideBodyAsked: by('ask-outside'),
  OutsideBodyAnswered: { ...by('outside-answered'), clock: true },
  DuplicateLinked: by('link-duplicate'),
  DuplicateUnlinked: { ...by('unlink-duplicate'), reaction: true },
  DisputeRouted: { ...by('route-dispute'), reaction: true },
  DeadlineMissed: clock,
  CaseEscalated: clock,
  OfficerNoted: reaction,
  PapersNoted: reaction,
  FirstStepNoted: reaction,
  TimeExtensionNoted: reaction,
  WaitBegan: reaction,
  WaitEnded: reaction,
  WorkSettled: reaction,
  CaseResumed: reaction,
  CaseReleased: reaction,
};

const resolutionCauses: CausesOf = {
  CaseKnown: reaction,
  WorkReceived: reaction,
  FollowsNoted: reaction,
  OutsideNoted: reaction,
  AnswerReceived: reaction,
  CitizenTold: reaction,
  MandateNoted: reaction,
  WithdrawalReceived: reaction,
  DisputeReceived: reaction,
  SatisfactionReceived: reaction,
  RefundClaimReceived: reaction,
  OfficerAssigned: { ...by('take', 'assign'), reaction: true },
  PartyDeclared: by('declare-party'),
  CaseAccepted: by('accept'),
  CaseRejected: by('reject'),
  FirstStepTaken: by('take-first-step'),
  InformationRequested: by('ask'),
  InformationRequestWithdrawn: by('withdraw-question'),
  ProgressReported: by('progress'),
  ReportedUnitHeard: by('hear-unit'),
  SupervisionFound: by('find-supervision'),
  TimeExtended: by('extend-time'),
  DocumentsReceived: { ...by('receive-papers'), reaction: true },
  DocumentsHandedOver: by('hand-over-papers'),
  DocumentsAcknowledged: by('acknowledge-papers'),
  DocumentsLost: by('lose-papers'),
  DocumentsReturned: by('return-papers'),
  DocumentsArchived: clock,
  FeeAssessed: by('assess-fee'),
  FeeAssessmentCancelled: by('cancel-fee'),
  FeeReceived: by('confirm-fee'),
  RefundRequested: { ...by('cancel-fee', 'confirm-fee'), reaction: true },
  RefundDecided: by('decide-refund'),
  FeeRefunded: by('refund-fee'),
  GiftDeclined: by('decline-gift'),
  StageCompleted: by('complete-stage'),
  ProductIssued: by('issue-product'),
  ProductSent: by('send-product'),
  ProductDelivered: by('deliver-product'),
  ProductTakenBack: clock,
  CaseResolved: { ...by('resolve', 'refuse'), clock: true, reaction: true },
  DisputeDecided: { ...by('decide-dispute'), reaction: true },
  CaseReopened: { ...by('reopen', 'decide-dispute', 'confirm-fee'), reaction: true },
  CaseClosed: clock,
  RecordCorrected: by('correct-record'),
  ReminderDue: clock,
  TripRecorded: { verbs: ['trip.record'] },
  TripApproved: { verbs: ['trip.approve'] },
};

/** Every fact that is stored, and who causes it (domain, the who of B.1 to B.4). Specs hold it against code and roles. */
export const causes: Readonly<Record<Context, CausesOf>> = {
  intake: intakeCauses,
  routing: routingCauses,
  resolution: resolutionCauses,
};
