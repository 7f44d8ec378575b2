import type { Actor, StaffCommandBody, StaffCommandOf } from '@garda/contracts';
import {
  accepted,
  asked,
  assigned,
  caseId,
  familyCard,
  importer,
  known,
  noWork,
  resolved,
  staff,
  terms,
  words,
  work,
} from '../../test/facts';
import { asks } from '../../test/asked';
import { at, id, monday, specFor } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import { resolveCase } from './decide';
import { resolutionFold } from './evolve';

const given = specFor(resolutionFold);
/** The commands of the work; those about a decision have guards and a spec of their own. */
type Name = Exclude<StaffCommandOf<'resolution'>, 'decide-dispute' | 'reopen'>;
const officer = staff('officer', 'dpupr');

const by = asks(words);
/** Not of the responsible unit alone, nor of an open case: they have specs of their own. */
type Elsewhere =
  | `${string}-papers`
  | ('declare-party' | 'find-supervision' | 'hear-unit' | 'send-product' | 'deliver-product' | 'correct-record')
  | 'confirm-fee'
  | 'decide-refund'
  | 'refund-fee';
type OfTheWork = Exclude<Name, Elsewhere>;
const bodies: { readonly [N in OfTheWork]: StaffCommandBody<N> } = {
  take: {},
  assign: { officer: 'officer' },
  accept: {},
  reject: { reason: 'abusive' },
  ask: { items: ['photo'], words: 'which hole?' },
  'withdraw-question': {},
  progress: { code: 'visited' },
  'issue-product': { product: 'repair', partial: false, number: '1', signatory: 'head' },
  'complete-stage': {},
  resolve: { outcome: 'remedied' },
  refuse: { words: 'no' },

  'decline-gift': { gift: { kind: 'money', amount: 50_000 } },

  'assess-fee': { line: 'KAKUS-1', amount: 150_000, billingCode: '1', payBefore: '10wd' },
  'cancel-fee': { billingCode: '1', reason: 'by mistake' },

  'take-first-step': {},
  'extend-time': { reason: 'much_material', words: 'three archives' },
};
const names = Object.keys(bodies) as OfTheWork[];
const any = (name: OfTheWork, actor: Actor = officer, body: object = bodies[name]) => by(name, actor, body as never);

const pending = [known(), work(), assigned()];
const working = [...pending, accepted()];
const waiting = [...working, at(monday, asked(), id('q'))];

describe.each(names)('%s', (name) => {
  it('needs a case', () => given().when(any(name)).thenRefused('CASE_NOT_FOUND'));
  it('that is open', () => {
    given(...working, resolved())
      .when(any(name))
      .thenRefused('CASE_NOT_OPEN');
    const stands = resolutionFact('WithdrawalReceived', { caseId, withdrawal: id('w'), result: 'stands' });
    given(...working, stands)
      .when(any(name))
      .thenRefused('CASE_NOT_OPEN');
  });
  it('is for the responsible unit', () => {
    given(...working)
      .when(any(name, staff('officer', 'dishub')))
      .thenRefused('NOT_RESPONSIBLE');
    given(known(), noWork).when(any(name)).thenRefused('NOT_RESPONSIBLE');
    given(...working)
      .when(any(name, { kind: 'program', id: 'open311' }))
      .thenRefused('NOT_RESPONSIBLE');
    given(...working)
      .when(any(name, { kind: 'citizen' }))
      .thenRefused('NOT_RESPONSIBLE');
  });
  it('never for the unit that is reported', () =>
    given(known({ reportedUnit: 'dpupr' }), work())
      .when(any(name))
      .thenRefused('UNIT_JUDGES_ITSELF'));
  it('never for one who is a party', () =>
    given(...working, resolutionFact('PartyDeclared', { caseId, unit: 'dpupr', officer: 'officer', offer: 1 }))
      .when(any(name))
      .thenRefused('OFFICER_IS_PARTY'));
  it('happens now, whoever says otherwise', () =>
    given(...working)
      .when(any(name, officer, { ...bodies[name], occurredAt: monday }))
      .thenRefused('OCCURRED_AT_NOT_ALLOWED'));
});

describe('taking and assigning', () => {
  it('an officer takes a case of his unit', () => given(known(), work()).when(any('take')).then(assigned()));
  it('twice is once', () =>
    given(...pending)
      .when(any('take'))
      .thenNothing());
  it('not from another officer', () =>
    given(...pending)
      .when(any('take', staff('second', 'dpupr')))
      .thenRefused('ALREADY_ASSIGNED'));
  it('the importer takes it for the responsible unit', () =>
    given(known(), work())
      .when(any('take', importer, { occurredAt: monday }))
      .then(assigned('import')));
  it('the head gives it to an officer, whoever had it', () => {
    const head = (to: string) => any('assign', staff('head', 'dpupr'), { officer: to });
    given(known(), work())
      .when(head('officer'))
      .then(assigned('officer', 'dpupr', 'head'));
    given(...waiting)
      .when(head('second'))
      .then(assigned('second', 'dpupr', 'head'));
    given(...pending)
      .when(head('officer'))
      .thenNothing();
  });
  it('not between two stages', () => {
    const handed = [
      known(familyCard),
      work('desa-a', 0, familyCard),
      resolutionFact('StageCompleted', { caseId, unit: 'desa-a', stage: 0 }),
    ];
    given(...handed)
      .when(any('take', staff('v', 'desa-a')))
      .thenRefused('NOT_PENDING');
    given(...handed)
      .when(any('assign', staff('v', 'desa-a')))
      .thenRefused('NOT_PENDING');
  });
});

describe('accepting and rejecting', () => {
  it('the assigned officer accepts', () =>
    given(...pending)
      .when(any('accept'))
      .then(accepted()));
  it('nobody else, and only what is pending', () => {
    given(...pending)
      .when(any('accept', staff('second', 'dpupr')))
      .thenRefused('NOT_ASSIGNED');
    given(...working)
      .when(any('accept'))
      .thenRefused('NOT_PENDING');
    given(...waiting)
      .when(any('accept'))
      .thenRefused('NOT_PENDING');
  });
  const rejected = (reason: 'abusive' | 'no_substance') =>
    resolutionFact('CaseRejected', { caseId, unit: 'dpupr', reason, words });
  it('a head rejects what is pending or worked on', () => {
    given(known(), work()).when(any('reject')).then(rejected('abusive'));
    given(...working)
      .when(any('reject', staff('head', 'dpupr')))
      .then(rejected('abusive'));
    expect(given(...working, rejected('abusive')).state).toMatchObject({
      status: 'decided',
      decision: { outcome: 'rejected', reason: 'abusive', unit: 'dpupr' },
    });
  });
  it('not while the citizen is asked, nor between two stages', () => {
    given(...waiting)
      .when(any('reject'))
      .thenRefused('QUESTION_OPEN');
    const handed = resolutionFact('StageCompleted', { caseId, unit: 'dpupr', stage: 0 });
    given(...working, handed)
      .when(any('reject'))
      .thenRefused('NOT_WORKING');
  });
  it('for want of substance only after one question', () => {
    const noSubstance = any('reject', officer, { reason: 'no_substance' });
    given(...working)
      .when(noSubstance)
      .thenRefused('OUTCOME_NOT_ALLOWED');
    const withdrawn = resolutionFact('InformationRequestWithdrawn', { caseId, request: id('q') });
    given(...waiting, withdrawn)
      .when(noSubstance)
      .then(rejected('no_substance'));
  });
});

describe('questions', () => {
  const withdrawn = (ref: string) => resolutionFact('InformationRequestWithdrawn', { caseId, request: ref });
  it('are asked by the officer; what the standard does not list is flagged', () => {
    given(...working)
      .when(any('ask'))
      .then(asked());
    const listed = [known(familyCard), work('desa-a', 0, familyCard), assigned('o', 'desa-a'), accepted('o', 'desa-a')];
    given(...listed)
      .when(any('ask', staff('o', 'desa-a'), { items: ['old KK', 'photo'], words: 'please' }))
      .then(
        resolutionFact('InformationRequested', {
          caseId,
          unit: 'desa-a',
          items: ['old KK', 'photo'],
          offList: ['photo'],
          words,
        }),
      );
  });
  it('one at a time, two at most', () => {
    given(...waiting)
      .when(any('ask'))
      .thenRefused('QUESTION_OPEN');
    const second = [...waiting, withdrawn(id('q')), at(monday, asked(), id('q2')), withdrawn(id('q2'))];
    given(...second)
      .when(any('ask'))
      .thenRefused('TOO_MANY_QUESTIONS');
  });
  it('only on accepted work, by its officer', () => {
    given(...pending)
      .when(any('ask'))
      .thenRefused('NOT_WORKING');
    given(...working)
      .when(any('ask', staff('second', 'dpupr')))
      .thenRefused('NOT_ASSIGNED');
  });
  it('are withdrawn by the unit that has the case', () => {
    given(...waiting)
      .when(any('withdraw-question'))
      .then(withdrawn(id('q')));
    given(...waiting, work('dishub', 0, {}, 2))
      .when(any('withdraw-question', staff('x', 'dishub')))
      .then(withdrawn(id('q')));
    given(...working)
      .when(any('withdraw-question'))
      .thenRefused('NOT_WAITING');
    expect(given(...waiting, withdrawn(id('q'))).state.status).toBe('working');
  });
});

describe('work', () => {
  const clerk = staff('o', 'desa-a');
  const first = [known(familyCard), work('desa-a', 0, familyCard), assigned('o', 'desa-a'), accepted('o', 'desa-a')];
  const product = (name: string, partial: boolean, stage = 0, unit = 'desa-a') =>
    resolutionFact('ProductIssued', { caseId, unit, stage, product: name, partial, number: '1', signatory: 'head' });
  const issue = (name: string, partial: boolean, actor = clerk) =>
    any('issue-product', actor, { ...bodies['issue-product'], product: name, partial });
  const completed = resolutionFact('StageCompleted', { caseId, unit: 'desa-a', stage: 0 });

  it('progress is reported with a code and sealed words', () =>
    given(...working)
      .when(any('progress'))
      .then(resolutionFact('ProgressReported', { caseId, unit: 'dpupr', code: 'visited', words })));
  it('needs its officer, and work that is accepted', () => {
    for (const name of ['progress', 'issue-product', 'complete-stage', 'resolve'] as const) {
      given(...working)
        .when(any(name, staff('second', 'dpupr')))
        .thenRefused('NOT_ASSIGNED');
      given(...pending)
        .when(any(name))
        .thenRefused('NOT_WORKING');
      given(...waiting)
        .when(any(name))
        .thenRefused('QUESTION_OPEN');
    }
  });
  it('issues what was promised, where it was promised', () => {
    given(...first)
      .when(issue('file receipt', true))
      .then(product('file receipt', true));
    given(...first)
      .when(issue('gold', true))
      .thenRefused('PRODUCT_NOT_PROMISED');
    given(...first)
      .when(issue('population_document', false))
      .thenRefused('NOT_LAST_STAGE');
    given(...working)
      .when(issue('repair', false, officer))
      .then(product('repair', false, 0, 'dpupr'));
    given(...working)
      .when(issue('letter', true, officer))
      .thenRefused('PRODUCT_NOT_PROMISED');
  });
  it('a stage leaves its partial product and goes on; the last one ends with the decision', () => {
    given(...first)
      .when(any('complete-stage', clerk))
      .thenRefused('PARTIAL_PRODUCT_MISSING');
    given(...first, product('file receipt', true))
      .when(any('complete-stage', clerk))
      .then(completed);
    expect(given(...first, product('file receipt', true), completed).state.status).toBe('handed');
    given(...working)
      .when(any('complete-stage'))
      .thenRefused('LAST_STAGE');
  });
  it('the next unit begins anew', () =>
    expect(given(...first, completed, work('kec-01', 1, familyCard, 2)).state).toMatchObject({
      status: 'pending',
      officer: null,
      accepted: false,
      work: { unit: 'kec-01', stage: 1 },
    }));

  const decided = (outcome: 'remedied' | 'granted' | 'refused', unit = 'dpupr') =>
    resolutionFact('CaseResolved', { caseId, unit, outcome, words });
  const letter = { terms: terms('DS-02', 'village') };
  const atVillage = [known(letter), work('desa-a', 0, letter), assigned('o', 'desa-a'), accepted('o', 'desa-a')];
  const resolve = (outcome: string, actor: Actor = officer) => any('resolve', actor, { outcome });
  it('is decided on the last stage, with an outcome of its kind', () => {
    given(...working)
      .when(any('resolve'))
      .then(decided('remedied'));
    given(...first)
      .when(resolve('granted', clerk))
      .thenRefused('NOT_LAST_STAGE');
    given(...working)
      .when(resolve('granted'))
      .thenRefused('OUTCOME_NOT_ALLOWED');
    given(...atVillage)
      .when(resolve('unfounded', clerk))
      .thenRefused('OUTCOME_NOT_ALLOWED');
  });
  it('a paper that is granted is issued', () => {
    given(...atVillage)
      .when(resolve('granted', clerk))
      .thenRefused('PRODUCT_MISSING');
    given(...atVillage, product('village_letter', false))
      .when(resolve('granted', clerk))
      .then(decided('granted', 'desa-a'));
  });
  it('only a head refuses, by a command of his own', () => {
    given(...working)
      .when((state, all) => resolveCase(state, { caseId, actor: officer, body: { outcome: 'refused' } }, all))
      .thenRefused('HEAD_ONLY');
    given(...working)
      .when(any('refuse', staff('head', 'dpupr')))
      .then(decided('refused'));
    given(...first)
      .when(any('refuse', clerk))
      .thenRefused('NOT_LAST_STAGE');
    given(...waiting)
      .when(any('refuse'))
      .thenRefused('QUESTION_OPEN');
    given(...pending)
      .when(any('refuse'))
      .thenRefused('NOT_WORKING');
  });
});
