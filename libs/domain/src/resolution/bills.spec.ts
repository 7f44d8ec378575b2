import type { Actor, StaffCommandBody, TariffLine } from '@garda/contracts';
import { accepted, asked, assigned, caseId, heard, known, resolved, staff, terms, work } from '../../test/facts';
import { asks } from '../../test/asked';
import { catalogue, rows as all } from '../../test/catalogue';
import { at, id, monday, specFor, type Fact } from '../../test/spec';
import { closedBy, disputed, judged, reopened } from '../../test/disputes';
import { Catalogue } from '../shared/catalogue';
import { intakeFact, resolutionFact } from '../shared/facts';
import { fireResolution, resolutionDue } from './due';
import { resolutionFold } from './evolve';
import { resolutionReaction } from './reactions';
import { remindersOf } from './reminders';

const given = specFor(resolutionFold);
const unit = 'dishub';
const officer = staff('officer', unit);
const treasurer = staff('treasurer', 'bpkpad');
const bank: Actor = { kind: 'program', id: 'payment_channel' };
const by = asks();

const workOn = (more: Parameters<typeof known>[0], at_ = unit) => [
  ...[known(more), work(at_, 0, more), assigned('officer', at_), accepted('officer', at_)],
];
const standard = terms('LH-02');
const working = workOn({ terms: standard });
const under = (...tariff: readonly TariffLine[]) => workOn({ terms: { ...standard, tariff: [...tariff] } });

const bills = {
  levy: { line: 'KAKUS-1', amount: 150_000, billingCode: 'b1', payBefore: '10wd' },
  capped: { line: 'CAP-1', amount: 90_000, billingCode: 'b2', payBefore: '10wd' },
};
type Bill = keyof typeof bills;
const assess = (body: StaffCommandBody<'assess-fee'>) => by('assess-fee', officer, body);
const assessed = (body: StaffCommandBody<'assess-fee'>) => resolutionFact('FeeAssessed', { caseId, unit, ...body });
const owing = (bill: Bill) => at(monday, assessed(bills[bill]), id(bill));
const cancelled = (bill: Bill) =>
  resolutionFact('FeeAssessmentCancelled', { caseId, unit, fee: id(bill), reason: 'by mistake' });
const cancel = (billingCode: string) => by('cancel-fee', officer, { billingCode, reason: 'by mistake' });

const confirm = (billingCode: string, paidAt?: string, actor: Actor = bank) =>
  by('confirm-fee', actor, { billingCode, bankReference: 'r1', channel: 'qris', paidAt });
const received = (bill: Bill, paidAt = monday, counts = true, fee = id(bill)) =>
  resolutionFact('FeeReceived', {
    ...{ caseId, fee, amount: bills[bill].amount, bankReference: 'r1', channel: 'qris', paidAt, counts },
  });
const payment = (bill: Bill) => id(`${bill} is paid`);
const paid = (bill: Bill) => at(monday, received(bill), payment(bill));
type Reason = 'claim' | 'cancelled' | 'late' | 'paid_twice';
const asksBack = (bill: Bill, reason: Reason, of = payment(bill)) =>
  resolutionFact('RefundRequested', { caseId, payment: of, amount: bills[bill].amount, reason });
const issue = by('issue-product', officer, { product: 'service', partial: false, number: '1', signatory: 'head' });

describe('a line of the tariff', () => {
  const line: TariffLine = {
    ...{ line: 'NEW-1', kind: 'retribusi', basis: 'Perda (invented)', payee: 'treasury', validFrom: '2026-01-01' },
  };
  const issued = resolutionFact('ProductIssued', {
    ...{ caseId, unit, stage: 0, product: 'service', partial: false, number: '1', signatory: 'head' },
  });
  it('with a ceiling may be charged up to it', () => {
    const most = { ...bills.capped, amount: 100_000 };
    given(...working)
      .when(assess(most))
      .then(assessed(most));
  });
  it('with neither an amount nor a ceiling is a concept, and charged to nobody', () =>
    given(...under(line))
      .when(assess({ ...bills.levy, line: 'NEW-1' }))
      .thenRefused('TARIFF_LINE_NOT_ENABLED'));
  it('is unknown where the service costs nothing', () =>
    given(...workOn({}, 'dpupr'))
      .when(by('assess-fee', staff('officer', 'dpupr'), bills.levy))
      .thenRefused('TARIFF_LINE_UNKNOWN'));
  it('is paid before the product while it is in force, and not by a payment for another line', () => {
    for (const enabled of [true, undefined])
      given(...under({ ...line, amount: 1_000, enabled }))
        .when(issue)
        .thenRefused('FEE_NOT_PAID');
    given(...under({ ...line, amount: 1_000, enabled: false }))
      .when(issue)
      .then(issued);
    given(...working, owing('capped'), paid('capped'))
      .when(issue)
      .thenRefused('FEE_NOT_PAID');
  });
});

describe('two bills of one case', () => {
  const two = [...working, owing('levy'), owing('capped')];
  it('are of two lines, or the first of them was taken back', () => {
    for (const facts of [[owing('levy')], [owing('levy'), paid('levy')]])
      given(...working, ...facts)
        .when(assess(bills.capped))
        .then(assessed(bills.capped));
    const anew = { ...bills.levy, billingCode: 'b3' };
    given(...working, owing('levy'), cancelled('levy'))
      .when(assess(anew))
      .then(assessed(anew));
    given(...working, owing('levy'), paid('levy'))
      .when(assess(anew))
      .thenRefused('FEE_OPEN');
  });
  it('are taken back one by one, and what was paid for the one is asked back alone', () => {
    given(...two)
      .when(cancel('b2'))
      .then(cancelled('capped'));
    given(...two, paid('levy'), paid('capped'))
      .when(cancel('b2'))
      .then(cancelled('capped'), asksBack('capped', 'cancelled'));
  });
  it('are paid one by one, be it by one transfer', () => {
    given(...two)
      .when(confirm('b2'))
      .then(received('capped'));
    given(...two, paid('levy'))
      .when(confirm('b2'))
      .then(received('capped'));
  });
  it('are not told of by a message about something else', () => {
    const message = intakeFact('CitizenNotified', { caseId, about: id('other'), channel: 'page', ok: true });
    given(...two)
      .when((state, asking) => resolutionReaction(state, heard(message), asking))
      .then(resolutionFact('CitizenTold', { caseId, about: id('other'), at: monday }));
  });
  it('are not waited for while the citizen is asked', () =>
    expect(resolutionDue(given(...two, asked(unit)).state, catalogue)).toMatchObject([{ clock: 'answer' }]));
});

describe('a payment', () => {
  /** Nobody could tell him for 10 working days; 10 more for the bill, and 10 after the reminder. */
  const due = '2026-03-16T09:00:00.000Z';
  const now = '2026-04-20T09:00:00.000Z';
  const silent = [...working, owing('levy'), at(due, resolved('no_answer', unit), id('d'))];
  it('at the very end of the term is in time, and a moment later it is not', () => {
    given(...silent)
      .when(confirm('b1', due), now)
      .then(received('levy', due), reopened('answered'));
    const late = '2026-03-16T09:00:00.001Z';
    given(...silent)
      .when(confirm('b1', late), now)
      .then(received('levy', late, false), asksBack('levy', 'late', id('next 1')));
  });
  it('in time counts for a case that was opened again before, and opens it no second time', () =>
    given(...silent, reopened('ex_officio'))
      .when(confirm('b1', monday), now)
      .then(received('levy')));
  it('of a case that silence has closed is late, not withdrawn', () =>
    given(...working, owing('levy'), resolved('remedied', unit), closedBy('silence'))
      .when(confirm('b1'))
      .then(received('levy', monday, false), asksBack('levy', 'late', id('next 1'))));
  it('in time counts while the decision is disputed, and the dispute decides first', () =>
    given(...silent, disputed(id('d')))
      .when(confirm('b1', monday), now)
      .then(received('levy')));
  it('in time is asked back where the decision has become final, also once the case is closed', () => {
    const final = [...silent, disputed(id('d')), judged('dismissed')];
    for (const facts of [final, [...final, closedBy('dismissed')]])
      given(...facts)
        .when(confirm('b1', monday), now)
        .then(received('levy', monday, false), asksBack('levy', 'late', id('next 1')));
  });
  it('in time is asked back where its line was billed anew since', () => {
    const anew = at(now, assessed({ ...bills.levy, billingCode: 'b3' }), id('anew'));
    const again = [...silent, reopened('ex_officio'), ...workOn({ terms: standard }).slice(1)];
    const anewPaid = at(now, received('levy', monday, true, id('anew')), id('p'));
    for (const facts of [
      [...again, anew],
      [...again, anew, anewPaid],
    ])
      given(...facts)
        .when(confirm('b1', monday), now)
        .then(received('levy', monday, false), asksBack('levy', 'paid_twice', id('next 1')));
    given(...again, owing('capped'))
      .when(confirm('b1', monday), now)
      .then(received('levy'));
  });
  it('of a bill that was cancelled is asked back as such, whatever is owed for its line now', () => {
    const anew = at(monday, assessed({ ...bills.levy, billingCode: 'b3' }), id('anew'));
    given(...working, owing('levy'), cancelled('levy'), anew)
      .when(confirm('b1'))
      .then(received('levy', monday, false), asksBack('levy', 'cancelled', id('next 1')));
  });
  it('is not told by a member of staff who calls himself the channel', () =>
    given(...working, owing('levy'))
      .when(confirm('b1', undefined, staff('payment_channel', unit)))
      .thenRefused('NOT_A_PAYEE'));
});

describe('two refunds of one case', () => {
  const refund = (bill: Bill) => id(`${bill} is asked back`);
  const claimed = (bill: Bill) => at(monday, asksBack(bill, 'claim'), refund(bill));
  const decided = (bill: Bill, granted = true) =>
    resolutionFact('RefundDecided', { caseId, refund: refund(bill), granted, unit: 'bpkpad', by: 'treasurer' });
  const decide = (bill: Bill) => by('decide-refund', treasurer, { refund: refund(bill), granted: true });
  const payBack = (bill: Bill) => by('refund-fee', treasurer, { refund: refund(bill), bankReference: 'back' });
  const back = (bill: Bill) =>
    resolutionFact('FeeRefunded', {
      ...{ caseId, refund: refund(bill), fee: id(bill), amount: bills[bill].amount, bankReference: 'back' },
      unit: 'bpkpad',
    });
  const both = [
    ...[...working, owing('levy'), owing('capped'), paid('levy'), paid('capped')],
    ...[claimed('levy'), claimed('capped')],
  ];
  it('are decided one by one', () => {
    for (const facts of [both, [...both, decided('levy')]])
      given(...facts)
        .when(decide('capped'))
        .then(decided('capped'));
  });
  it('are paid one by one, each for its own bill', () => {
    given(...both, decided('capped'))
      .when(payBack('capped'))
      .then(back('capped'));
    given(...both, decided('capped'))
      .when(payBack('levy'))
      .thenRefused('REFUND_NOT_GRANTED');
  });
  it('are of payments on record: nothing else is paid back', () =>
    given(...working, owing('levy'), claimed('levy'), decided('levy'))
      .when(payBack('levy'))
      .thenRefused('REFUND_NOT_GRANTED'));
});

describe('a refund that nobody decides', () => {
  const asks = [...working, owing('levy'), paid('levy'), asksBack('levy', 'claim')];
  const told = (step: number, dueAt: string, ...to: string[]) =>
    resolutionFact('ReminderDue', { caseId, rung: 'refund_not_decided', step, startedVersion: 7, to, dueAt });
  const [first, second] = ['2026-08-03T09:00:00.000Z', '2026-08-17T09:00:00.000Z'];
  const fires = (facts: readonly Fact[], rung: number, of = catalogue) =>
    given(...facts).when(
      (state, asking) =>
        fireResolution(state, { clock: 'refund_not_decided', startedVersion: 7, rung }, { ...asking, catalogue: of }),
      second,
    );
  it('is told of to the treasury, and then to the secretary', () => {
    fires(asks, 1).then(told(1, first, 'bpkpad'));
    fires([...asks, told(1, first, 'bpkpad')], 2).then(told(2, second, 'setda'));
  });
  it('is told of to nobody where there is no such unit', () => {
    const ours = new Catalogue({
      ...all,
      units: all.units.filter(({ code }) => code !== 'bpkpad' && code !== 'setda'),
    });
    fires(asks, 1, ours).then(told(1, first));
    fires([...asks, told(1, first)], 2, ours).then(told(2, second));
    const { state } = given(...asks);
    if (state.status === 'none') throw new Error('no case');
    expect(remindersOf(state, ours).flatMap(({ to }) => to)).toHaveLength(0);
  });
});
