import type { Actor } from '@garda/contracts';
import { accepted, assigned, caseId, desk, known, resolved, staff, terms, words, work } from '../../test/facts';
import { asks } from '../../test/asked';
import { catalogue } from '../../test/catalogue';
import { disputed, judged } from '../../test/disputes';
import { at, id, monday, specFor, type Fact } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { fireResolution, resolutionDue } from './due';
import { resolutionFold } from './evolve';

const given = specFor(resolutionFold);
const by = asks(words);

/** A letter of the village, filed at a desk of the district. */
const letter = { terms: terms('DS-02', 'village'), filedBy: { ...desk, unit: 'kec-01' } };
const product = id('letter');
const issue = (partial = false) =>
  resolutionFact('ProductIssued', {
    ...{ caseId, unit: 'desa-a', stage: 0, product: 'village_letter', partial, number: '470/1', signatory: 'head' },
  });
const working = [
  known(letter),
  work('desa-a', 0, letter),
  assigned('officer', 'desa-a'),
  accepted('officer', 'desa-a'),
];
const granted = resolved('granted', 'desa-a');
const decided = [...working, at(monday, issue(), product), granted];
const closed = resolutionFact('CaseClosed', { caseId, reason: 'satisfied' });
const village = staff('clerk', 'desa-a');
const district = staff('counter', 'kec-01');
const city = staff('clerk', 'kel-b');
const thing = { caseId, issued: product, product: 'village_letter' };
const sent = (to: string) => resolutionFact('ProductSent', { ...thing, unit: 'desa-a', to, carrier: 'runner' });
const delivered = (unit: string, to: 'applicant' | 'proxy' = 'applicant') =>
  resolutionFact('ProductDelivered', { ...thing, unit, to, receipt: 'TT-1' });
const takenBack = (from: string) => resolutionFact('ProductTakenBack', { ...thing, unit: 'desa-a', from });
const send = (actor: Actor, to = 'kel-b') => by('send-product', actor, { product, to, carrier: 'runner' });
const deliver = (actor: Actor, to: 'applicant' | 'proxy' = 'applicant', what = product) =>
  by('deliver-product', actor, { product: what, to, receipt: 'TT-1' });

describe('send-product', () => {
  it('is for the unit that issued it and has it', () => {
    given(...decided)
      .when(send(village))
      .then(sent('kel-b'));
    given(...decided)
      .when(send(district))
      .thenRefused('PRODUCT_NOT_HERE');
    given(...decided, sent('kel-b'))
      .when(send(village))
      .thenRefused('PRODUCT_NOT_HERE');
    given(...decided, sent('kel-b'))
      .when(send(city, 'desa-a'))
      .thenRefused('PRODUCT_NOT_HERE');
  });
  it('to another unit of ours', () => {
    given(...decided)
      .when(send(village, 'desa-a'))
      .thenRefused('RECEIVER_IS_SENDER');
    for (const to of ['nowhere', 'x-bptd'])
      given(...decided)
        .when(send(village, to))
        .thenRefused('UNIT_UNKNOWN');
  });
});

describe('deliver-product', () => {
  it('is for whoever has it, and for the desk where the case was filed, also when it is final or closed', () => {
    const final = [disputed(id('case 6')), judged('dismissed')];
    for (const facts of [decided, [...decided, ...final], [...decided, closed]]) {
      given(...facts)
        .when(deliver(village))
        .then(delivered('desa-a'));
      given(...facts)
        .when(deliver(district))
        .then(delivered('kec-01'));
      given(...facts)
        .when(deliver(city))
        .thenRefused('PRODUCT_NOT_HERE');
      given(...facts, sent('kel-b'))
        .when(deliver(city))
        .then(delivered('kel-b'));
    }
  });
  it('to a proxy only whom the citizen has confirmed', () => {
    const mandate = (state: 'recorded' | 'confirmed' | 'ended') =>
      resolutionFact('MandateNoted', { caseId, mandate: id('m'), state, unit: 'desa-a', carrier: 'carrier' });
    given(...decided, mandate('confirmed'))
      .when(deliver(village, 'proxy'))
      .then(delivered('desa-a', 'proxy'));
    for (const state of ['recorded', 'ended'] as const)
      given(...decided, mandate(state))
        .when(deliver(village, 'proxy'))
        .thenRefused('MANDATE_NOT_CONFIRMED');
  });
  it('once, of a final product of a decided case', () => {
    given(...decided, delivered('desa-a'))
      .when(deliver(village))
      .thenRefused('PRODUCT_DELIVERED');
    given(...decided)
      .when(deliver(village, 'applicant', id('another')))
      .thenRefused('PRODUCT_UNKNOWN');
    given(...working, at(monday, issue(true), product), granted)
      .when(deliver(village))
      .thenRefused('PRODUCT_UNKNOWN');
    given(...working, at(monday, issue(), product))
      .when(deliver(village))
      .thenRefused('NOT_DECIDED');
    given(...decided, disputed(id('case 6')))
      .when(deliver(village))
      .thenRefused('NOT_DECIDED');
    given().when(deliver(village)).thenRefused('CASE_NOT_FOUND');
    given(...decided)
      .when(deliver({ kind: 'citizen' }))
      .thenRefused('NOT_RESPONSIBLE');
  });
});

describe('a product that nobody fetches', () => {
  /** Ten working days from Monday 2 February: the 16th; sixty: 29 April, two days off in March. */
  const [tenth, sixtieth] = ['2026-02-16T09:00:00.000Z', '2026-04-29T09:00:00.000Z'];
  const rows = (facts: readonly Fact[]) =>
    resolutionDue(given(...facts).state, catalogue)
      .filter(({ clock }) => clock === 'product_not_collected' || clock === 'product')
      .map(({ clock, startedVersion, dueAt }) => `${clock} ${startedVersion} ${dueAt}`);
  const fire = (clock: string, startedVersion: number) => (state: ResolutionCase, all: Given) =>
    fireResolution(state, { clock, startedVersion, rung: 1 }, all);
  const reminded = resolutionFact('ReminderDue', {
    ...{ caseId, rung: 'product_not_collected' as const, step: 1, startedVersion: 6, to: [], dueAt: tenth },
  });

  it('is told of once, and goes back to whoever issued it', () => {
    const told = resolutionFact('CitizenTold', { caseId, about: id('case 6'), at: '2026-02-03T01:00:00.000Z' });
    expect(rows([...decided])).toEqual([`product 6 ${sixtieth}`, `product_not_collected 6 ${tenth}`]);
    given(...decided, told)
      .when(fire('product_not_collected', 6), tenth)
      .then(reminded);
    given(...decided, closed, reminded, sent('kel-b'))
      .when(fire('product', 9), '2026-04-30T09:00:00.000Z')
      .thenNothing(); // the reminder of the new place comes first
    given(...decided, closed, reminded)
      .when(fire('product', 6), sixtieth)
      .then(takenBack('desa-a'));
  });
  it('has the same clocks when the case is closed', () =>
    expect(rows([...decided, closed])).toEqual(rows([...decided])));
  it('has new ones where it was sent on, and none when it was handed over or is back', () => {
    const later = at('2026-02-03T01:00:00.000Z', sent('kel-b'));
    expect(rows([...decided, later])[1]).toBe('product_not_collected 7 2026-02-17T09:00:00.000Z');
    expect(rows([...decided, delivered('desa-a')])).toEqual([]);
    expect(rows([...decided, takenBack('desa-a')])).toEqual([]);
    expect(rows([...working, at(monday, issue(), product)])).toEqual([]);
  });
  it('may still be fetched where it is, and not where the case was filed', () => {
    given(...decided, sent('kel-b'), takenBack('kel-b'))
      .when(deliver(village))
      .then(delivered('desa-a'));
    for (const actor of [district, city])
      given(...decided, takenBack('kel-b'))
        .when(deliver(actor))
        .thenRefused('PRODUCT_NOT_HERE');
  });
});

describe('correct-record', () => {
  const body = { record: product, reason: 'typing_error', words: 'the year was wrong' } as const;
  const correction = (more: object = {}, unit = 'desa-a') =>
    resolutionFact('RecordCorrected', {
      ...{ caseId, unit, supersedes: product, type: 'ProductIssued', reason: 'typing_error' as const, words, ...more },
    });
  const correct = (actor: Actor, more: object = {}) => by('correct-record', actor, { ...body, ...more });

  it('says what is right and leaves what was said, in any state of the case', () => {
    for (const facts of [decided, [...decided, closed], [...working, at(monday, issue(), product)]])
      given(...facts)
        .when(correct(village, { number: '470/2' }))
        .then(correction({ number: '470/2' }));
    const { state } = given(...decided, at(monday, correction({ number: '470/2' }), id('correction')));
    expect(state).toMatchObject({
      products: [{ number: '470/1' }],
      records: [
        { ref: product, number: '470/1', corrected: id('correction') },
        { type: 'CaseResolved', corrected: null },
        { ref: id('correction'), type: 'RecordCorrected', number: '470/2', corrected: null },
      ],
    });
  });
  it('once; what was said wrong again is corrected at the correction', () => {
    const once = [...decided, at(monday, correction(), id('correction'))];
    given(...once)
      .when(correct(village))
      .thenRefused('RECORD_CORRECTED');
    given(...once)
      .when(correct(village, { record: id('correction') }))
      .then(correction({ supersedes: id('correction'), type: 'RecordCorrected' }));
  });
  it('is for the unit that made the record, and for whoever watches over it', () => {
    given(...decided)
      .when(correct(staff('q', 'upkp2')))
      .then(correction({}, 'upkp2'));
    given(...decided)
      .when(correct(district))
      .thenRefused('NOT_RESPONSIBLE');
    given(...decided)
      .when(correct({ kind: 'citizen' }))
      .thenRefused('NOT_RESPONSIBLE');
  });
  it('of a record of this case, about somebody in it, with a number only where there was one', () => {
    given(...decided)
      .when(correct(village, { record: id('another') }))
      .thenRefused('RECORD_UNKNOWN');
    given(...decided)
      .when(correct(village, { record: id('case 6'), number: '1' }))
      .thenRefused('RECORD_WITHOUT_NUMBER');
    given(...decided)
      .when(correct(village, { about: id('stranger') }))
      .thenRefused('SUBJECT_UNKNOWN');
    given().when(correct(village)).thenRefused('CASE_NOT_FOUND');
  });
});
