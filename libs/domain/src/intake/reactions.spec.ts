import type { IntakeData, IntakeFact, ResolutionFact } from '@garda/contracts';
import {
  accepted,
  asked,
  assigned,
  caseId,
  heard,
  known,
  noWork,
  resolved,
  submitted,
  words,
  work,
} from '../../test/facts';
import { id, monday, specFor } from '../../test/spec';
import { intakeFact, resolutionFact } from '../shared/facts';
import { NotKnownYet } from '../shared/fold';
import type { IntakeCase } from './case';
import { intakeFold } from './evolve';
import { intakeReaction } from './reactions';

type Noted = IntakeData<'CaseProgressNoted'>;

const given = specFor(intakeFold);
const unit = 'dpupr';
const hear = (fact: ResolutionFact) => (state: IntakeCase) => intakeReaction(state, heard(fact));
const note = (state: Noted['state'], fact: string, more: Partial<Noted> = {}) =>
  intakeFact('CaseProgressNoted', { caseId, state, ref: id('foreign'), fact, at: monday, ...more });
const toSomebodyElse = { ...words, subject: id('the reported person') };

const documents = (type: 'DocumentsReceived' | 'DocumentsLost' | 'DocumentsArchived', items = ['old KK']) =>
  resolutionFact(type, { caseId, unit, items });
const acknowledged = (missing: string[]) =>
  resolutionFact('DocumentsAcknowledged', { caseId, unit, items: ['old KK'], missing });
const product = (partial: boolean) =>
  resolutionFact('ProductIssued', {
    ...{ caseId, unit, stage: 0, product: 'family card', partial, number: '1', signatory: 'head' },
  });
const issued = { caseId, unit, issued: id('issued'), product: 'family card' };
const withdrawal = (result: 'stands' | 'too_late' | 'goes_on') =>
  resolutionFact('WithdrawalReceived', { caseId, withdrawal: id('w'), result });
const refundDecided = (granted: boolean) =>
  resolutionFact('RefundDecided', { caseId, refund: id('r'), granted, unit, by: 'treasurer' });
const receipt = { to: 'applicant' as const, receipt: '1' };
const stageTime = { caseId, unit, stage: 0, time: '7wd', words };

it('nobody is told of a case that was not handed in yet', () =>
  expect(() => intakeReaction({ status: 'none' }, heard(work()))).toThrow(NotKnownYet));

describe('the citizen is told', () => {
  it.each<[string, ResolutionFact, Noted['state'], Partial<Noted>]>([
    ['which unit has it', work(), 'news', { unit, stage: 0 }],
    ['that none has it', noWork, 'news', {}],
    ['whose it is there', assigned(), 'news', { unit, officer: 'officer' }],
    [
      'that its officer is a party',
      resolutionFact('PartyDeclared', { caseId, unit, officer: 'x', offer: 1 }),
      'news',
      { unit },
    ],
    ['that it is worked on', accepted(), 'working', { unit, officer: 'officer' }],
    ['what is asked of him', asked(), 'waiting', { unit, items: ['photo'], words }],
    [
      'that it is asked no more',
      resolutionFact('InformationRequestWithdrawn', { caseId, request: id('q') }),
      'working',
      {},
    ],
    ['of the first step', resolutionFact('FirstStepTaken', { caseId, unit, words }), 'news', { unit, words }],
    ['of progress', resolutionFact('ProgressReported', { caseId, unit, code: 'x', words }), 'news', { unit, words }],
    [
      'that it takes longer',
      resolutionFact('TimeExtended', { ...stageTime, reason: 'search' }),
      'extended',
      { unit, words, longer: { kind: 'extension', stage: 0, time: '7wd' } },
    ],
    [
      'that it is supervised',
      resolutionFact('SupervisionFound', stageTime),
      'extended',
      { unit, words, longer: { kind: 'supervision', stage: 0, time: '7wd' } },
    ],
    ['that a stage is done', resolutionFact('StageCompleted', { caseId, unit, stage: 0 }), 'news', { unit }],
    ['that a product is there', product(false), 'news', { unit, items: ['family card'] }],
    ['of a product for the next stage, as nothing to fetch', product(true), 'news', { unit }],
    [
      'where it is sent',
      resolutionFact('ProductSent', { ...issued, to: 'kel-b', carrier: 'x' }),
      'news',
      { unit: 'kel-b', items: ['family card'] },
    ],
    [
      'that he was given it',
      resolutionFact('ProductDelivered', { ...issued, ...receipt }),
      'news',
      { unit, items: ['family card'] },
    ],
    [
      'that it went back',
      resolutionFact('ProductTakenBack', { ...issued, from: 'kel-b' }),
      'news',
      { unit, items: ['family card'] },
    ],
    ['that papers came in', documents('DocumentsReceived'), 'news', { unit, items: ['old KK'] }],
    [
      'where they are carried',
      resolutionFact('DocumentsHandedOver', { caseId, unit: 'desa-a', items: ['old KK'], to: unit, carrier: 'x' }),
      'news',
      { unit, items: ['old KK'] },
    ],
    ['that all came', acknowledged([]), 'news', { unit, items: ['old KK'] }],
    ['that some did not', acknowledged(['form']), 'news', { unit, items: ['old KK'], missing: ['form'] }],
    ['that they are lost', documents('DocumentsLost'), 'news', { unit, items: ['old KK'] }],
    [
      'that he has them again',
      resolutionFact('DocumentsReturned', { caseId, unit, items: ['old KK'], ...receipt }),
      'news',
      { unit, items: ['old KK'] },
    ],
    [
      'that his proxy has them',
      resolutionFact('DocumentsReturned', { caseId, unit, items: ['old KK'], ...receipt, to: 'proxy' }),
      'news',
      { unit, items: ['old KK'], to: 'proxy' },
    ],
    ['that they are archived', documents('DocumentsArchived'), 'news', { unit, items: ['old KK'] }],
    [
      'that money is to be given back',
      resolutionFact('RefundRequested', { caseId, payment: id('p'), amount: 1, reason: 'claim' }),
      'news',
      {},
    ],
    ['that it will be', refundDecided(true), 'news', { unit, outcome: 'granted' }],
    ['that it will not', refundDecided(false), 'news', { unit, outcome: 'refused' }],
    ['of the decision', resolved(), 'decided', { unit, outcome: 'remedied' }],
    [
      'of a rejection',
      resolutionFact('CaseRejected', { caseId, unit, reason: 'abusive', words }),
      'decided',
      { unit, outcome: 'rejected', words },
    ],
    ['that his withdrawal stands', withdrawal('stands'), 'withdrawn', {}],
    ['that it came too late', withdrawal('too_late'), 'too_late', {}],
    ['that it goes on all the same', withdrawal('goes_on'), 'goes_on', {}],
    [
      'that it is open again',
      resolutionFact('CaseReopened', { caseId, reason: 'answered' }),
      'reopened',
      { reopened: 'answered' },
    ],
    ['that it is closed', resolutionFact('CaseClosed', { caseId, reason: 'silence' }), 'closed', {}],
  ])('%s', (_, fact, state, more) =>
    given(submitted())
      .when(hear(fact))
      .then(note(state, fact.type, more)),
  );

  it('of a bill, its payment, its cancellation and of money paid back, beside the bill itself', () => {
    const [fee, amount] = [id('fee'), 150_000];
    const bill = { line: 'KAKUS-1', amount, billingCode: 'b1', payBefore: '10wd' };
    const money = (state: IntakeData<'FeeNoted'>['state'], more: object) =>
      intakeFact('FeeNoted', { caseId, state, ref: id('foreign'), at: monday, fee, ...more });
    const paid = { paidAt: monday, channel: 'qris' as const, counts: true };
    const told = (fact: ResolutionFact, ...notes: readonly IntakeFact[]) =>
      given(submitted())
        .when(hear(fact))
        .then(...notes);
    told(
      resolutionFact('FeeAssessed', { caseId, unit, ...bill }),
      note('news', 'FeeAssessed', { unit }),
      money('assessed', { fee: id('foreign'), ...bill }),
    );
    told(
      resolutionFact('FeeReceived', { caseId, fee, amount, bankReference: 'x', ...paid }),
      note('news', 'FeeReceived'),
      money('received', { amount }),
    );
    told(
      resolutionFact('FeeAssessmentCancelled', { caseId, unit, fee, reason: 'x' }),
      note('news', 'FeeAssessmentCancelled', { unit }),
      money('cancelled', {}),
    );
    told(
      resolutionFact('FeeRefunded', { caseId, unit, refund: id('r'), fee, amount, bankReference: 'x' }),
      note('news', 'FeeRefunded', { unit }),
      money('refunded', { amount }),
    );
  });

  it('of his own silences, and of none of the office', () => {
    const reminder = (rung: 'papers_not_fetched' | 'fee_not_paid' | 'product_not_collected' | 'papers_missing') =>
      resolutionFact('ReminderDue', { caseId, rung, step: 1, startedVersion: 1, to: [], dueAt: monday });
    for (const his of ['papers_not_fetched', 'fee_not_paid', 'product_not_collected'] as const)
      given(submitted())
        .when(hear(reminder(his)))
        .then(note('news', 'ReminderDue'));
    given(submitted())
      .when(hear(reminder('papers_missing')))
      .thenNothing();
  });

  it('that the reported unit was heard, its words only where they are sealed to him', () => {
    const said = (sealed?: typeof words) =>
      resolutionFact('ReportedUnitHeard', { caseId, unit, by: 'upkp2', words: sealed });
    const told = (fact: ResolutionFact, more: Partial<Noted>) =>
      given(submitted())
        .when(hear(fact))
        .then(note('news', 'ReportedUnitHeard', { unit, ...more }));
    told(said(words), { words });
    told(said(toSomebodyElse), {});
    told(said(), {});
  });
});

describe('it is no news', () => {
  const answer = (request?: string) =>
    resolutionFact('AnswerReceived', { caseId, answer: id('a'), request, items: [], answeredAt: monday });
  const question = note('waiting', 'InformationRequested', { ref: id('q') });
  it('that he has answered, but where it was waited for', () => {
    given(submitted(), question)
      .when(hear(answer(id('q'))))
      .then(note('working', 'AnswerReceived'));
    given(submitted(), question)
      .when(hear(answer(id('another'))))
      .thenNothing();
    for (const facts of [[submitted()], [submitted(), question]])
      given(...facts)
        .when(hear(answer()))
        .thenNothing();
  });

  it.each<[string, ResolutionFact]>([
    ['that the case is known', known()],
    ['what he did himself', resolutionFact('CitizenTold', { caseId, about: id('q'), at: monday })],
    ['how he was served', resolutionFact('SatisfactionReceived', { caseId, decision: id('d'), satisfied: true })],
    ['that he wants money back', resolutionFact('RefundClaimReceived', { caseId, claim: id('c') })],
    ['whom it follows', resolutionFact('FollowsNoted', { caseId, leader: null, link: 1 })],
    [
      'that somebody is a party who has not got the case',
      resolutionFact('PartyDeclared', { caseId, unit, officer: 'x' }),
    ],
  ])('%s', (_, fact) => given(submitted()).when(hear(fact)).thenNothing());

  it('that something was corrected of which he was never told', () => {
    const correct = (supersedes: string) =>
      resolutionFact('RecordCorrected', {
        ...{ caseId, unit, supersedes, type: 'ProgressReported', reason: 'wrong_fact' as const, words },
      });
    const told = [submitted(), note('news', 'ProgressReported', { ref: id('p') }), question];
    given(...told)
      .when(hear(correct(id('unheard'))))
      .thenNothing();
    given(...told)
      .when(hear(correct(id('p'))))
      .then(note('news', 'RecordCorrected', { unit, words, supersedes: id('p') }));
  });
});
