import type { Actor } from '@garda/contracts';
import { accepted, assigned, caseId, heard, known, resolved, staff, terms, work } from '../../test/facts';
import { asks } from '../../test/asked';
import { catalogue } from '../../test/catalogue';
import { at, id, monday, specFor, type Fact } from '../../test/spec';
import { intakeFact, resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { fireResolution, resolutionDue } from './due';
import { resolutionFold } from './evolve';
import { resolutionReaction } from './reactions';

const given = specFor(resolutionFold);
const officer = staff('officer', 'dishub');
const treasurer = staff('treasurer', 'bpkpad');
const bank: Actor = { kind: 'program', id: 'payment_channel' };
const of = { terms: terms('LH-02'), content: 'private' as const };
const by = asks();

const unit = 'dishub';
const bill = { line: 'KAKUS-1', amount: 150_000, billingCode: 'b1', payBefore: '10wd' };
const assess = (more: object = {}) => by('assess-fee', officer, { ...bill, ...more });
const confirm = (more: object = {}, actor: Actor = bank) =>
  by('confirm-fee', actor, { billingCode: 'b1', bankReference: 'r1', channel: 'qris', ...more });
const cancel = by('cancel-fee', officer, { billingCode: 'b1', reason: 'by mistake' });

const working = [known(of), work(unit, 0, of), assigned('officer', unit), accepted('officer', unit)];
const fee = id('fee');
const assessed = resolutionFact('FeeAssessed', { caseId, unit, ...bill });
const owing = [...working, at(monday, assessed, fee)];
const cancelled = resolutionFact('FeeAssessmentCancelled', { caseId, unit, fee, reason: 'by mistake' });
const received = (more: object = {}) =>
  resolutionFact('FeeReceived', {
    ...{ caseId, fee, amount: 150_000, bankReference: 'r1', channel: 'qris', paidAt: monday, counts: true },
    ...more,
  } as never);
const payment = id('payment');
const paid = [...owing, at(monday, received(), payment)];
type Reason = 'claim' | 'cancelled' | 'late' | 'withdrawn' | 'paid_twice';
const asksBack = (reason: Reason, of_ = payment) =>
  resolutionFact('RefundRequested', { caseId, payment: of_, amount: 150_000, reason });
const withdrawn = resolutionFact('WithdrawalReceived', { caseId, withdrawal: id('w'), result: 'stands' });

describe('a fee', () => {
  it('cites a line of the pinned tariff, and is what the line says', () => {
    given(...working)
      .when(assess())
      .then(assessed);
    given(...working)
      .when(assess({ line: 'CAP-1', amount: 90_000 }))
      .then(resolutionFact('FeeAssessed', { caseId, unit, ...bill, line: 'CAP-1', amount: 90_000 }));
    for (const [body, code] of [
      [{ line: 'FOTOKOPI' }, 'TARIFF_LINE_UNKNOWN'],
      [{ line: 'OLD-1', amount: 1_000 }, 'TARIFF_LINE_UNKNOWN'],
      [{ line: 'LATE-1', amount: 50_000 }, 'TARIFF_LINE_NOT_ENABLED'],
      [{ amount: 150_001 }, 'FEE_AMOUNT_WRONG'],
      [{ line: 'CAP-1', amount: 100_001 }, 'FEE_ABOVE_CEILING'],
    ] as const)
      given(...working)
        .when(assess(body))
        .thenRefused(code);
  });
  it('is assessed while the case is worked on, once a line, each under a code of its own', () => {
    given(...working.slice(0, 3))
      .when(assess())
      .thenRefused('NOT_WORKING');
    given(...owing)
      .when(assess({ billingCode: 'b2' }))
      .thenRefused('FEE_OPEN');
    given(...owing, cancelled)
      .when(assess())
      .thenRefused('BILLING_CODE_USED');
  });
  it('is taken back while the case is worked on; what was paid for it is asked back at once', () => {
    given(...owing)
      .when(cancel)
      .then(cancelled);
    given(...paid)
      .when(cancel)
      .then(cancelled, asksBack('cancelled'));
    given(...owing, cancelled)
      .when(cancel)
      .thenRefused('FEE_NOT_OPEN');
    given(...working)
      .when(cancel)
      .thenRefused('FEE_UNKNOWN');
    given(...owing, resolved('remedied', unit))
      .when(cancel)
      .thenRefused('CASE_NOT_OPEN');
  });
  it('is paid before the product is issued, a stage ends or something is granted', () => {
    const issue = by('issue-product', officer, { product: 'service', partial: false, number: '1', signatory: 'head' });
    const grant = by('resolve', officer, { outcome: 'granted' });
    for (const facts of [working, owing, [...owing, cancelled]])
      for (const rule of [issue, grant])
        given(...facts)
          .when(rule)
          .thenRefused('FEE_NOT_PAID');
    given(...owing)
      .when(by('resolve', officer, { outcome: 'partly' }))
      .thenRefused('FEE_NOT_PAID');
    given(...paid)
      .when(grant)
      .then(resolved('granted', unit));
  });
  it('lapses with a decision that grants nothing', () => {
    given(...owing)
      .when(by('resolve', officer, { outcome: 'information_given' }))
      .then(resolutionFact('CaseResolved', { caseId, unit, outcome: 'information_given' }));
    expect(given(...owing, resolved('remedied', unit)).state).toMatchObject({ money: { fees: [{ state: 'lapsed' }] } });
  });
});

describe('a payment', () => {
  it('is told by the channel, or by a treasurer who does not work on the case, and by nobody else', () => {
    for (const actor of [bank, treasurer])
      given(...owing)
        .when(confirm({}, actor))
        .then(received());
    for (const actor of [officer, staff('officer', 'bpkpad'), { kind: 'program', id: 'import' } as const])
      given(...owing)
        .when(confirm({}, actor))
        .thenRefused('NOT_A_PAYEE');
    given().when(confirm()).thenRefused('CASE_NOT_FOUND');
    given(...working)
      .when(confirm())
      .thenRefused('FEE_UNKNOWN');
    given(...owing)
      .when(confirm({ paidAt: '2026-02-02T02:00:00.000Z' }))
      .thenRefused('RECEIVED_IN_FUTURE');
  });
  it('is one, however often it is told', () =>
    given(...paid)
      .when(confirm())
      .thenNothing());
  it('that counts for nothing is asked back at once, with the reason', () => {
    for (const [facts, reason] of [
      [paid, 'paid_twice'],
      [[...owing, cancelled], 'cancelled'],
      [[...owing, withdrawn], 'withdrawn'],
      [[...owing, withdrawn, resolutionFact('CaseClosed', { caseId, reason: 'withdrawn' })], 'withdrawn'],
      [[...owing, resolved('remedied', unit)], 'late'],
    ] as const)
      given(...facts)
        .when(confirm({ bankReference: 'r2' }))
        .then(received({ bankReference: 'r2', counts: false }), asksBack(reason, id('next 1')));
  });
  it('made in time opens a case again that was decided for want of it; made too late it is asked back', () => {
    const silent = [...owing, at('2026-03-06T09:00:00.000Z', resolved('no_answer', unit))];
    const now = '2026-04-20T09:00:00.000Z';
    given(...silent)
      .when(confirm({ paidAt: monday }), now)
      .then(received(), resolutionFact('CaseReopened', { caseId, reason: 'answered' }));
    given(...silent)
      .when(confirm({ paidAt: '2026-04-10T09:00:00.000Z' }), now)
      .then(received({ paidAt: '2026-04-10T09:00:00.000Z', counts: false }), asksBack('late', id('next 1')));
  });
});

describe('silence on a bill', () => {
  const told = resolutionFact('CitizenTold', { caseId, about: fee, at: monday, wait: 'fee' });
  const rows = (...facts: readonly Fact[]) => resolutionDue(given(...facts).state, catalogue);
  const fires = (facts: readonly Fact[], now: string) =>
    given(...facts).when((state, all) => {
      const [due] = resolutionDue(state, catalogue);
      return due === undefined ? [] : fireResolution(state, due, all);
    }, now);
  const reminder = resolutionFact('ReminderDue', {
    ...{ caseId, rung: 'fee_not_paid', step: 1, startedVersion: 5, to: [], dueAt: '2026-02-16T09:00:00.000Z' },
  });
  it('is told of as being waited for', () => {
    const heardOf = heard(intakeFact('CitizenNotified', { caseId, about: fee, channel: 'page', ok: true }));
    given(...owing)
      .when((state, all) => resolutionReaction(state, heardOf, all))
      .then(told);
    given(...owing, cancelled)
      .when((state, all) => resolutionReaction(state, heardOf, all))
      .then(resolutionFact('CitizenTold', { caseId, about: fee, at: monday }));
  });
  it('brings a reminder, then the decision; both from when he was told', () => {
    expect(rows(...owing)).toMatchObject([{ clock: 'fee_not_paid', dueAt: '2026-03-02T09:00:00.000Z' }]);
    expect(rows(...owing, told)).toMatchObject([{ clock: 'fee_not_paid', dueAt: '2026-02-16T09:00:00.000Z' }]);
    fires([...owing, told], '2026-02-16T09:00:00.000Z').then(reminder);
    fires([...owing, told, reminder], '2026-03-02T08:59:59.000Z').thenNothing();
    fires([...owing, told, reminder], '2026-03-02T09:00:00.000Z').then(resolved('no_answer', unit));
    expect(rows(...paid)).toEqual([]);
  });
  it('of two at once has clocks for each, and each is told of', () => {
    const other = { ...bill, line: 'CAP-1', amount: 90_000, billingCode: 'b2' };
    const two = [...owing, at(monday, resolutionFact('FeeAssessed', { caseId, unit, ...other }), id('second'))];
    const toldOf = (about: string) => resolutionFact('CitizenTold', { caseId, about, at: monday, wait: 'fee' });
    for (const about of [fee, id('second')])
      given(...two)
        .when((state, all) =>
          resolutionReaction(
            state,
            heard(intakeFact('CitizenNotified', { caseId, about, channel: 'page', ok: true })),
            all,
          ),
        )
        .then(toldOf(about));
    const [untold, toldAt] = ['2026-03-02T09:00:00.000Z', '2026-02-16T09:00:00.000Z'];
    const secondTold = [...two, toldOf(id('second'))];
    expect(rows(...secondTold)).toMatchObject([
      { clock: 'fee_not_paid', startedVersion: 5, dueAt: untold },
      { clock: 'fee_not_paid', startedVersion: 6, dueAt: toldAt },
    ]);
    const reminded = resolutionFact('ReminderDue', {
      ...{ caseId, rung: 'fee_not_paid', step: 1, startedVersion: 6, to: [], dueAt: toldAt },
    });
    expect(rows(...secondTold, reminded)).toMatchObject([
      { clock: 'payment', startedVersion: 6, dueAt: '2026-03-02T09:00:00.000Z' },
      { clock: 'fee_not_paid', startedVersion: 5, dueAt: untold },
    ]);
  });
});

describe('a refund', () => {
  const refund = id('refund');
  const claimed = heard(intakeFact('RefundClaimed', { caseId, sealed: [] }), id('claim'));
  const claims = (state: ResolutionCase, all: Given) => resolutionReaction(state, claimed, all);
  const claimReceived = resolutionFact('RefundClaimReceived', { caseId, claim: id('claim') });
  const asked = [...paid, withdrawn, at(monday, asksBack('claim'), refund)];
  const decided = (granted: boolean) =>
    resolutionFact('RefundDecided', { caseId, refund, granted, unit: 'bpkpad', by: 'treasurer' });
  const decide = (granted: boolean, actor: Actor = treasurer) => by('decide-refund', actor, { refund, granted });
  const payBack = by('refund-fee', treasurer, { refund, bankReference: 'back' });
  const closed = resolutionFact('CaseClosed', { caseId, reason: 'withdrawn' });

  it('is asked for by the citizen, once a payment', () => {
    given(...paid, withdrawn)
      .when(claims)
      .then(claimReceived, asksBack('claim'));
    given(...asked)
      .when(claims)
      .then(claimReceived);
    given(...working)
      .when(claims)
      .then(claimReceived);
  });
  it('is granted or refused by the treasury, also after the case is closed', () => {
    for (const granted of [true, false])
      given(...asked, closed)
        .when(decide(granted))
        .then(decided(granted));
    given(...asked, decided(false))
      .when(decide(true))
      .thenRefused('REFUND_DECIDED');
    given(...asked)
      .when(decide(true, officer))
      .thenRefused('NOT_A_PAYEE');
    given(...paid)
      .when(decide(true))
      .thenRefused('REFUND_UNKNOWN');
  });
  it('is paid once it is granted', () => {
    const back = resolutionFact('FeeRefunded', {
      ...{ caseId, refund, fee, amount: 150_000, bankReference: 'back', unit: 'bpkpad' },
    });
    given(...asked, decided(true))
      .when(payBack)
      .then(back);
    for (const facts of [asked, [...asked, decided(false)], [...asked, decided(true), back]])
      given(...facts)
        .when(payBack)
        .thenRefused('REFUND_NOT_GRANTED');
  });
  it('that nobody decides or pays is told of to the treasury, then to the secretary', () => {
    const rungs = (...facts: readonly Fact[]) =>
      resolutionDue(given(...facts).state, catalogue).map(
        ({ clock, rung, dueAt }) => `${clock} ${rung} ${dueAt.slice(0, 10)}`,
      );
    expect(rungs(...asked, closed)).toEqual(['refund_not_decided 1 2026-08-03', 'refund_not_decided 2 2026-08-17']);
    expect(rungs(...asked, closed, decided(true))).toEqual([
      'refund_not_paid 1 2026-04-03',
      'refund_not_paid 2 2026-04-17',
    ]);
    expect(rungs(...asked, closed, decided(false))).toEqual([]);
    const due = { clock: 'refund_not_decided', startedVersion: 8, rung: 1 };
    given(...asked, closed)
      .when((state, all) => fireResolution(state, due, all), '2026-08-04T00:00:00.000Z')
      .then(
        resolutionFact('ReminderDue', {
          caseId,
          rung: 'refund_not_decided',
          step: 1,
          startedVersion: 8,
          to: ['bpkpad'],
          dueAt: '2026-08-03T09:00:00.000Z',
        }),
      );
  });
});
