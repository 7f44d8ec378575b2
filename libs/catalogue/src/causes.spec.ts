import { join, resolve } from 'node:path';
import { causes, contexts, eventContracts, staffCommands, type Causes, type StaffCommandName } from '@garda/contracts';
import { loadRoles, roles, type Role } from './roles';

const batang = loadRoles(join(resolve(__dirname, '../../../catalogue'), 'batang'));

const rolesWith = (verb: string): readonly Role[] =>
  roles.filter((role) => (batang.verbs[verb]?.[role] ?? 'n') !== 'n');
const programsWith = (verb: string): readonly string[] =>
  Object.keys(batang.programs).filter((program) => batang.programs[program]?.includes(verb));

/** Everybody who can cause a fact: by the verbs of its commands in roles.yaml, by the code, by the clock, by hearing. */
function whoCauses(of: Causes): readonly string[] {
  const verbs = [...(of.commands ?? []).map((name) => staffCommands[name].verb), ...(of.verbs ?? [])];
  const byMandate = verbs.some((verb) => batang.codeHolderOrConfirmedMandate.includes(verb));
  const holders = [...batang.codeHolderOnly, ...batang.codeHolderOrConfirmedMandate];
  return [
    ...roles.filter((role) => verbs.some((verb) => rolesWith(verb).includes(role))),
    ...new Set(verbs.flatMap(programsWith)),
    ...(byMandate ? ['confirmed mandate'] : []),
    ...((of.holder ?? []).some((verb) => holders.includes(verb)) ? ['code holder'] : []),
    ...(of.anybody === true ? ['anybody'] : []),
    ...(of.clock === true ? ['clock'] : []),
    ...(of.reaction === true ? ['reaction'] : []),
  ].sort();
}

const counters: readonly Role[] = ['village_officer', 'district_counter', 'agency_officer'];
const heads: readonly Role[] = ['village_head', 'district_head', 'agency_head'];
const line = [...counters, ...heads];
const watchers: readonly Role[] = ['quality_unit', 'inspectorate'];
/** Whoever does the work, be it a unit that otherwise watches. */
const work = [...line, ...watchers];
const desks = [...line, 'quality_unit'];
const aboveVillage: readonly Role[] = ['district_counter', 'district_head', 'agency_officer', 'agency_head'];
const treasury: readonly Role[] = ['agency_officer', 'agency_head']; // of a unit of kind treasury
const referring: readonly Role[] = ['agency_head', 'quality_unit', 'inspectorate', 'secretary'];
const pairs = ['agency_officer', 'agency_head', 'quality_unit', 'import'];
const catalogue = ['quality_unit', 'setup'];
const deciding: readonly Role[] = ['district_head', 'agency_head', 'quality_unit', 'inspectorate', 'secretary'];

/** Written from the domain, B.0 to B.4 and part D, column "who"; not from the code. */
const agreed: Readonly<Record<string, readonly string[]>> = {
  CaseSubmitted: ['anybody', ...desks, 'open311', 'import'],
  InformationProvided: ['code holder', 'confirmed mandate'],
  EvidenceAttached: ['code holder', 'confirmed mandate'],
  CaseWithdrawn: ['code holder'],
  ServiceRated: ['code holder'],
  ResolutionDisputed: ['code holder'],
  RefundClaimed: ['code holder'],
  MandateRecorded: desks,
  MandateConfirmed: ['code holder'],
  MandateCarrierChanged: heads,
  MandateEnded: [...desks, 'code holder', 'clock'],
  DutyDue: ['clock'],
  CitizenNotified: [...desks, 'reaction'],
  PublicSummaryPublished: ['district_head', 'agency_officer', 'agency_head', 'quality_unit', 'import'],
  PersonalDataDisclosed: work,
  TrackingCodeReissued: [...aboveVillage, 'quality_unit'],
  CaseProgressNoted: ['reaction'],
  FeeNoted: ['reaction'],
  SlipBookIssued: ['district_head', 'quality_unit'],
  SlipRevoked: ['district_head', 'quality_unit'],
  StandardPublished: catalogue,
  StandardSuperseded: catalogue,
  UnitPublished: catalogue,
  CalendarPublished: catalogue,
  PolicyPublished: catalogue,
  UnitEnded: catalogue,
  StandInNamed: [...heads, ...watchers, 'secretary'],
  ErasureRequested: ['code holder'],
  ErasureRefused: watchers, // the inspectorate for the quality unit: ours (docs/decisions/0030)
  PersonalDataErased: [...watchers, 'clock'], // the inspectorate for the quality unit: ours (docs/decisions/0030)
  PaymentDeclared: ['code holder'],

  CaseEntered: ['reaction'],
  CaseRouted: ['quality_unit', 'secretary', 'reaction'],
  CaseSentToTriage: [...work, 'secretary', 'reaction'],
  HandOverAcknowledged: [...work, 'secretary', 'import', 'clock', 'reaction'],
  StageHandedOver: ['reaction'],
  CaseTransferred: [...work, 'secretary', 'reaction'],
  CaseReturned: work,
  CaseReferredOutside: referring,
  OutsideBodyAsked: referring,
  OutsideBodyAnswered: [...referring, 'clock'],
  DuplicateLinked: pairs,
  DuplicateUnlinked: [...pairs, 'reaction'],
  DisputeRouted: ['quality_unit', 'secretary', 'reaction'],
  DeadlineMissed: ['clock'],
  CaseEscalated: ['clock'],
  OfficerNoted: ['reaction'],
  PapersNoted: ['reaction'],
  FirstStepNoted: ['reaction'],
  TimeExtensionNoted: ['reaction'],
  WaitBegan: ['reaction'],
  WaitEnded: ['reaction'],
  WorkSettled: ['reaction'],
  CaseResumed: ['reaction'],
  CaseReleased: ['reaction'],

  CaseKnown: ['reaction'],
  WorkReceived: ['reaction'],
  FollowsNoted: ['reaction'],
  OutsideNoted: ['reaction'],
  AnswerReceived: ['reaction'],
  CitizenTold: ['reaction'],
  MandateNoted: ['reaction'],
  WithdrawalReceived: ['reaction'],
  DisputeReceived: ['reaction'],
  SatisfactionReceived: ['reaction'],
  RefundClaimReceived: ['reaction'],
  OfficerAssigned: [...work, 'secretary', 'import', 'reaction'],
  PartyDeclared: [...work, 'secretary'],
  CaseAccepted: [...work, 'import'],
  CaseRejected: [...heads, ...watchers],
  FirstStepTaken: [...work, 'import'],
  InformationRequested: work,
  InformationRequestWithdrawn: work,
  ProgressReported: [...work, 'import'],
  ReportedUnitHeard: watchers,
  SupervisionFound: watchers,
  TimeExtended: [...heads, ...watchers],
  DocumentsReceived: [...work, 'reaction'],
  DocumentsHandedOver: work,
  DocumentsAcknowledged: work,
  DocumentsLost: work,
  DocumentsReturned: work,
  DocumentsArchived: ['clock'],
  FeeAssessed: aboveVillage,
  FeeAssessmentCancelled: aboveVillage,
  FeeReceived: [...treasury, 'payment_channel'],
  // Of what was paid and is owed no more: cancelled, paid too late, or withdrawn.
  RefundRequested: [...aboveVillage, 'payment_channel', 'reaction'],
  RefundDecided: ['agency_head'],
  FeeRefunded: treasury,
  GiftDeclined: work,
  StageCompleted: [...line, 'import'],
  ProductIssued: line,
  ProductSent: line,
  ProductDelivered: line,
  ProductTakenBack: ['clock'],
  CaseResolved: [...work, 'import', 'clock', 'reaction'],
  DisputeDecided: [...deciding, 'reaction'],
  // Upheld, ex officio, or because a payment of within the term came to light.
  CaseReopened: [...deciding, 'agency_officer', 'payment_channel', 'reaction'],
  CaseClosed: ['clock'],
  RecordCorrected: work,
  ReminderDue: ['clock'],
  TripRecorded: ['village_officer', 'village_head', 'district_counter', 'district_head'],
  TripApproved: ['village_head', 'district_head'],
};

describe.each(contexts)('the facts of %s', (context) => {
  const types = Object.keys(eventContracts[context]);
  it('have each somebody who can cause them', () => {
    expect(Object.keys(causes[context]).sort()).toEqual([...types].sort());
    expect(types.filter((type) => whoCauses(causes[context][type] ?? {}).length === 0)).toEqual([]);
  });
  it('are caused by whom the domain names, and by no role beside them', () => {
    const found = Object.fromEntries(types.map((type) => [type, whoCauses(causes[context][type] ?? {})]));
    const wanted = Object.fromEntries(types.map((type) => [type, [...new Set(agreed[type])].sort()]));
    expect(found).toEqual(wanted);
  });
});

it('every command of staff causes something, and every verb of theirs is held by somebody', () => {
  const caused = new Set(
    contexts.flatMap((context) => Object.values(causes[context]).flatMap((one) => one.commands ?? [])),
  );
  const names = Object.keys(staffCommands) as StaffCommandName[];
  expect(names.filter((name) => !caused.has(name))).toEqual([]);
  const verbs = new Set(names.map((name) => staffCommands[name].verb));
  const held = (verb: string) => rolesWith(verb).length > 0 || batang.codeHolderOrConfirmedMandate.includes(verb);
  expect([...verbs].filter((verb) => !held(verb))).toEqual([]);
});

it('whatever is done on a levy report is done by the inspectorate, or by the secretary while he stands in', () =>
  expect([rolesWith('levy.read'), rolesWith('levy.work')]).toEqual([
    ['inspectorate', 'secretary'],
    ['inspectorate', 'secretary'],
  ]));
