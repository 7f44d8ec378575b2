export { actsFor, importProgram, isImport } from './shared/actor';
export { officeCalendar, parseTerm, type OfficeCalendar, type Term } from './shared/calendar';
export { Catalogue, ReferenceMissing, type CatalogueRows } from './shared/catalogue';
export { lastCountedYear } from './shared/counted-years';
export type { StaffAsk } from './shared/commands';
export { dueAt, isProvisional, termEnd, type Stop } from './shared/deadline';
export type { Due, DueKey } from './shared/due';
export { toldExplained, type ExplainedDue } from './shared/explained';
export { leastShown, suppressed, type PublishedTable } from './shared/suppression';
export { silences, type Silence } from './shared/silences';
export { type Task, type TaskName } from './shared/tasks';
export { sharesOf, spansAfter, type Holder, type Share, type Span } from './shared/shares';
export { foldAll, NotKnownYet, UnknownFactError, type Fold, type Given } from './shared/fold';

export { splitAttributes } from './intake/attributes';
export type { Evidence, IntakeCase, SubmittedCase } from './intake/case';
export { intakeFold, sealedHash } from './intake/evolve';
export { type News } from './intake/news';
export {
  provideInformation,
  rateService,
  withdrawCase,
  type ProvideInformation,
  type RateService,
} from './intake/citizen';
export { declaredFold, declarePayment, type Declared } from './intake/declared';
export { againstAssessed } from './intake/watched';
export { attachEvidence } from './intake/evidence';
export { intakeCommands, type IntakeCommand } from './intake/commands';
export { disputableUntil, disputeDecision, mayDispute } from './intake/disputes';
export { confirmedUnit, openMandate, type Mandate } from './intake/mandate';
export { fireIntake, intakeDue } from './intake/due';
export { erasureBars, requestErasure } from './intake/erasure';
export { confirmMandate, mandateEndsAt, revokeMandate } from './intake/mandates';
export { noteNotification, untold, type NoteNotification } from './intake/notify';
export { billState } from './intake/fee';
export { dueTold, explainTold } from './intake/due-told';
export { canClaim, claimRefund } from './intake/fees';
export { intakeReaction } from './intake/reactions';
export { sharesTold } from './intake/shares';
export { checkSlip, issueSlips, revokeSlip, slipBookFold, type SlipBook } from './intake/slips';
export { nameStandIn, standInFold, unitOfNaming, type NamedStandIn } from './intake/stand-ins';
export { discloseData, publishSummary, reissueCode } from './intake/staff';
export { checkSubmission, submitCase, type Accepted, type Handing, type SubmitCase } from './intake/submit';
export { intakeTasks } from './intake/tasks';
export { entryOf, pinTerms, stagesFrom } from './intake/terms';

export { activeReferral, isOpen, type KnownRoutingCase, type RoutingCase } from './routing/case';
export { routingCommands, type PairCommand, type RoutingCommand } from './routing/commands';
export { deadline, fireRouting, routingDue, type Deadline } from './routing/due';
export { explainDeadline, type ExplainedDeadline } from './routing/reckoning';
export { routingFold } from './routing/evolve';
export { linkDuplicate, unlinkDuplicate, type PairAsk, type PairFacts } from './routing/duplicates';
export { acknowledgeHandOver, triageCase } from './routing/hand-over';
export { routingReaction } from './routing/reactions';
export { passToSuccessor } from './routing/succession';

export { acceptCase, assignCase, takeCase } from './resolution/assign';
export {
  isOpenWork,
  openQuestion,
  type KnownResolutionCase,
  type OfficeRecord,
  type ResolutionCase,
} from './resolution/case';
export { resolutionCommands } from './resolution/commands';
export { refuseCase, rejectCase, resolveCase } from './resolution/decide';
export { fireResolution, resolutionDue } from './resolution/due';
export { resolutionFold } from './resolution/evolve';
export { askCitizen, withdrawQuestion } from './resolution/questions';
export { followersOf } from './resolution/follows';
export { resolutionReaction } from './resolution/reactions';
export { workTasks } from './resolution/tasks';
export { completeStage, issueProduct, reportProgress } from './resolution/work';
export { type Course } from './resolution/course';
export { type Money } from './resolution/fees';
export { isInTheHouse, type Paper } from './resolution/papers';
export { isToCollect, type IssuedProduct } from './resolution/products';

export { approveTrip, recordTrip } from './trips/desk';
export { tripFold, type Trip } from './trips/trip';
