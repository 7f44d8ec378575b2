import { disputedAndReferred } from './disputed-and-referred';
import type { Expected } from './expectation';
import { list, noted } from './fact-list';

/**
 * The demo begins on Monday 2 March 2026 at 08:00 in Batang. Offices close at 16:00, on Fridays at 14:30. Days off on
 * the way: 18 to 24 March (Nyepi, Idul Fitri and joint leave) and 3 April. Working days counted by hand:
 *   from 2 March: 1 = 3.3., 5 = 9.3., 10 = 16.3., 11 = 17.3., 12 = 25.3., 13 = 26.3., 14 = 27.3. (a Friday)
 *   from 4 March: 10 = 25.3.   from 5 March: 10 = 26.3.   from 16 March: 10 = 7.4.   from 25 March: 10 = 9.4.
 */
const tulis = 'desa-33.25.10.2007';
const kaliboyo = 'desa-33.25.10.2004';

export const expectations = {
  letter: {
    title: 'DS-02 proof of residence, online; granted, rated, closed by the citizen, fetched the next day',
    // Told of: unit, officer, accepted, issued, decided, closed, handed over.
    intake: list('CaseSubmitted', noted(5), 'ServiceRated', noted(2)),
    routing: list('CaseEntered', 'CaseRouted', 'OfficerNoted', 'HandOverAcknowledged', 'WorkSettled', 'CaseReleased'),
    resolution: list(
      ...['CaseKnown', 'WorkReceived', 'OfficerAssigned', 'CaseAccepted', 'ProductIssued', 'CaseResolved'],
      ...['SatisfactionReceived', 'CaseClosed', 'ProductDelivered'],
    ),
    told: '7',
    status: 'closed',
    unit: tulis,
    due: '2026-03-03 16:00',
  },
  familyCard: {
    title: 'DK-01 family card, village → district → agency; handed over in the village; closed by silence',
    intake: list('CaseSubmitted', noted(18)),
    routing: list(
      ...['CaseEntered', 'CaseRouted', 'HandOverAcknowledged', 'OfficerNoted'],
      ...['StageHandedOver', 'OfficerNoted', 'HandOverAcknowledged'],
      ...['StageHandedOver', 'OfficerNoted', 'HandOverAcknowledged'],
      ...['WorkSettled', 'CaseReleased'],
    ),
    resolution: list(
      ...['CaseKnown', 'WorkReceived', 'OfficerAssigned', 'CaseAccepted', 'ProductIssued', 'StageCompleted'],
      ...['WorkReceived', 'OfficerAssigned', 'CaseAccepted', 'ProductIssued', 'StageCompleted'],
      ...['WorkReceived', 'OfficerAssigned', 'CaseAccepted', 'ProductIssued', 'CaseResolved'],
      ...['ProductSent', 'ProductDelivered', 'CaseClosed'],
    ),
    told: '18',
    status: 'closed',
    unit: 'disdukcapil',
    // 1 + 2 + 3 working days: 3.3., 5.3., 10.3.
    due: '2026-03-10 16:00',
  },
  lamp: {
    title: 'HB-01 lamp out, nobody named; asked, answered with the code, disclosed, remedied',
    intake: list(
      'CaseSubmitted',
      noted(4),
      'InformationProvided',
      noted(1),
      'PersonalDataDisclosed',
      noted(1),
      'ServiceRated',
      noted(1),
    ),
    routing: list(
      ...['CaseEntered', 'CaseRouted', 'OfficerNoted', 'HandOverAcknowledged', 'WaitBegan', 'WaitEnded'],
      ...['WorkSettled', 'CaseReleased'],
    ),
    resolution: list(
      ...['CaseKnown', 'WorkReceived', 'OfficerAssigned', 'CaseAccepted', 'InformationRequested', 'AnswerReceived'],
      ...['CaseResolved', 'SatisfactionReceived', 'CaseClosed'],
    ),
    // The page shows the news twice: unit, officer, accepted and question on 2 March; answer and decision on 5 March.
    told: '6',
    status: 'closed',
    unit: 'dishub',
    due: '2026-03-09 16:00',
    // Told on 2 March, answered on 4 March: two working days more.
    dueAfterStop: '2026-03-11 16:00',
  },
  nationalRoad: {
    title: 'HB-01 on a national road: triage, assigned by the quality unit and by the head',
    intake: list('CaseSubmitted', noted(7)),
    routing: list(
      ...['CaseEntered', 'CaseSentToTriage', 'CaseRouted', 'OfficerNoted', 'HandOverAcknowledged'],
      ...['WorkSettled', 'CaseReleased'],
    ),
    resolution: list(
      ...['CaseKnown', 'WorkReceived', 'WorkReceived', 'OfficerAssigned', 'CaseAccepted', 'ProgressReported'],
      ...['CaseResolved', 'CaseClosed'],
    ),
    told: '7',
    status: 'closed',
    unit: 'dishub',
    due: '2026-03-09 16:00',
  },
  nobody: {
    title: 'PU-01 damaged road that nobody takes: three rungs, then the deadline missed',
    intake: list('CaseSubmitted', noted(1)),
    routing: list(
      ...['CaseEntered', 'CaseRouted', 'HandOverAcknowledged'],
      // 3, 4 and 5 March: the unit's head, the quality unit, the secretary; after them nobody is left to be told.
      ...['CaseEscalated', 'CaseEscalated', 'CaseEscalated', 'DeadlineMissed'],
    ),
    resolution: list('CaseKnown', 'WorkReceived'),
    told: '1',
    status: 'pending',
    unit: 'dpupr',
    due: '2026-03-27 14:30',
  },
  waste: {
    title: 'LH-01 waste, identity withheld: leads a duplicate, remedied, closed by silence',
    intake: list('CaseSubmitted', noted(3), 'PublicSummaryPublished', noted(2)),
    routing: list(
      ...['CaseEntered', 'CaseRouted', 'OfficerNoted', 'HandOverAcknowledged', 'DuplicateLinked'],
      ...['WorkSettled', 'CaseReleased'],
    ),
    resolution: list('CaseKnown', 'WorkReceived', 'OfficerAssigned', 'CaseAccepted', 'CaseResolved', 'CaseClosed'),
    told: '5',
    status: 'closed',
    unit: 'dlh',
    due: '2026-03-09 16:00',
  },
  sameWaste: {
    title: 'LH-01 the same heap: linked as a duplicate, decided with its leader, told and closed for itself',
    intake: list('CaseSubmitted', noted(3)),
    routing: list('CaseEntered', 'CaseRouted', 'DuplicateLinked', 'WorkSettled', 'CaseReleased'),
    resolution: list('CaseKnown', 'WorkReceived', 'FollowsNoted', 'CaseResolved', 'CaseClosed'),
    told: '3',
    status: 'closed',
    unit: 'dlh',
    due: '2026-03-09 16:00',
  },
  withdrawn: {
    title: 'DS-02 withdrawn by the citizen before anybody took it',
    intake: list('CaseSubmitted', noted(1), 'CaseWithdrawn', noted(2)),
    routing: list('CaseEntered', 'CaseRouted', 'WorkSettled', 'CaseReleased'),
    resolution: list('CaseKnown', 'WorkReceived', 'WithdrawalReceived', 'CaseClosed'),
    told: '3',
    status: 'closed',
    unit: tulis,
    due: '2026-03-03 16:00',
  },
  question: {
    title: 'UM-03 question about a service: from triage to who knows, information given',
    intake: list('CaseSubmitted', noted(6)),
    routing: list(
      ...['CaseEntered', 'CaseSentToTriage', 'CaseRouted', 'OfficerNoted', 'HandOverAcknowledged'],
      ...['WorkSettled', 'CaseReleased'],
    ),
    resolution: list(
      ...['CaseKnown', 'WorkReceived', 'WorkReceived', 'OfficerAssigned', 'CaseAccepted', 'CaseResolved', 'CaseClosed'],
    ),
    told: '6',
    status: 'closed',
    unit: 'disdukcapil',
    due: '2026-03-09 16:00',
  },
  rejected: {
    title: 'PU-01 rejected by the head: decided before; the window is open all the same',
    intake: list('CaseSubmitted', noted(3)),
    routing: list('CaseEntered', 'CaseRouted', 'WorkSettled', 'CaseReleased'),
    resolution: list('CaseKnown', 'WorkReceived', 'CaseRejected', 'CaseClosed'),
    told: '3',
    status: 'closed',
    unit: 'dpupr',
    due: '2026-03-27 14:30',
  },
  coverLetter: {
    title: 'DS-01 cover letter at the desk of Kaliboyo: ten minutes, told by the file channel',
    intake: list('CaseSubmitted', noted(7)),
    routing: list('CaseEntered', 'CaseRouted', 'HandOverAcknowledged', 'OfficerNoted', 'WorkSettled', 'CaseReleased'),
    resolution: list(
      ...[
        'CaseKnown',
        'WorkReceived',
        'OfficerAssigned',
        'CaseAccepted',
        'ProductIssued',
        'CaseResolved',
        'ProductDelivered',
        'CaseClosed',
      ],
    ),
    told: '7',
    status: 'closed',
    unit: kaliboyo,
    // Filed at 09:00.
    due: '2026-03-02 09:10',
  },
  silence: {
    title: 'DS-02 a question never answered: no_answer, then closed by silence',
    intake: list('CaseSubmitted', noted(6)),
    routing: list(
      ...['CaseEntered', 'CaseRouted', 'OfficerNoted', 'HandOverAcknowledged', 'WaitBegan', 'WaitEnded'],
      ...['WorkSettled', 'CaseReleased'],
    ),
    resolution: list(
      ...[
        'CaseKnown',
        'WorkReceived',
        'OfficerAssigned',
        'CaseAccepted',
        'InformationRequested',
        'CaseResolved',
        'CaseClosed',
      ],
    ),
    told: '6',
    status: 'closed',
    unit: tulis,
    due: '2026-03-03 16:00',
    // Told on 2 March and silent until 16 March: ten working days more.
    dueAfterStop: '2026-03-17 16:00',
  },
  open311: {
    title: 'PU-01 through Open311 without a way to tell: the window begins 10 working days later',
    intake: list('CaseSubmitted', noted(3), 'PublicSummaryPublished', noted(3)),
    routing: list('CaseEntered', 'CaseRouted', 'OfficerNoted', 'HandOverAcknowledged', 'WorkSettled', 'CaseReleased'),
    resolution: list(
      ...[
        'CaseKnown',
        'WorkReceived',
        'OfficerAssigned',
        'CaseAccepted',
        'ProgressReported',
        'CaseResolved',
        'CaseClosed',
      ],
    ),
    told: '0',
    status: 'closed',
    unit: 'dpupr',
    due: '2026-03-27 14:30',
  },

  ...disputedAndReferred,
} as const satisfies Record<string, Expected>;

export type CaseName = keyof typeof expectations;
export const caseNames = Object.keys(expectations) as readonly CaseName[];
