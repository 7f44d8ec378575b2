import { rows } from '../../test/catalogue';
import { applicant, caseId, familyCard, submitted, words } from '../../test/facts';
import { answers, hours, note, noteOfBill, told } from '../../test/noted';
import { at, id, monday, specFor, type Fact } from '../../test/spec';
import { intakeFact } from '../shared/facts';
import { UnknownFactError } from '../shared/fold';
import { intakeFold } from './evolve';

const given = specFor(intakeFold);
const stateOf = (...facts: readonly Fact[]) => given(submitted(), ...facts).state;

const question = note(1, 'InformationRequested', { state: 'waiting', items: ['photo'] });
const decided = note(1, 'CaseResolved', { state: 'decided', outcome: 'remedied' });
const reopened = note(2, 'CaseReopened', { state: 'reopened' });
const withdrawn = intakeFact('CaseWithdrawn', { caseId, sealed: [] });
const rated = (decision: string) =>
  intakeFact('ServiceRated', { caseId, decision: id(decision), stars: 4, satisfied: false, sealed: [] });

describe('a case that was handed in', () => {
  it('is what was handed in, and nothing more', () => {
    const slip = { number: '012345678', line: 1, late: false };
    const more = { ...familyCard, reportedUnit: 'kel-b', slip, codeHash: 'a'.repeat(64) };
    const { state } = given(at(monday, submitted(more)));
    expect(state).toMatchObject({
      ...{ status: 'received', unit: null, officer: null, question: null, withdrawal: null, decision: null },
      ...{ dispute: null, disputes: 0, summary: null, erasure: null, claimed: false, supervised: false },
      ...{ news: [], disclosures: [], answers: [], evidence: [], mandates: [], fees: [], codeHash: 'a'.repeat(64) },
      file: { area: '33.25.01.2001', reportedUnit: 'kel-b', slip, recordedAt: monday, sealTo: [applicant] },
    });
    expect(state).not.toMatchObject({ file: { codeHash: expect.anything() } });
    expect(stateOf()).toMatchObject({ file: { area: null, reportedUnit: null, slip: null }, codeHash: null });
  });
  it('is a plain JSON value that holds no sealed object', () => {
    const state = stateOf(question, decided, withdrawn);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    expect(JSON.stringify(state)).not.toContain(JSON.stringify(words));
  });
  it('stops at a fact it does not know, and at one of another stream', () => {
    expect(() => stateOf({ type: 'CaseEaten', schemaVersion: 1, data: {} })).toThrow(UnknownFactError);
    expect(() => given(question)).toThrow(UnknownFactError);
    const [unit] = rows.units;
    if (unit === undefined) throw new Error('no unit');
    expect(() => stateOf(intakeFact('UnitPublished', { unit }))).toThrow(UnknownFactError);
  });
});

describe('where it stands', () => {
  it.each<[string, readonly Fact[], string]>([
    ['received', [], 'received'],
    ['worked on', [note(1, 'CaseAccepted', { state: 'working' })], 'working'],
    ['waiting', [question], 'waiting'],
    ['as before for mere news', [question, note(2, 'ProgressReported')], 'waiting'],
    ['as before where it takes longer', [note(1, 'TimeExtended', { state: 'extended' })], 'received'],
    ['as before where a withdrawal comes too late', [decided, note(2, 'x', { state: 'too_late' })], 'decided'],
    ['as before where it goes on all the same', [question, note(2, 'x', { state: 'goes_on' })], 'waiting'],
    ['worked on again', [decided, reopened], 'working'],
    ['closed', [decided, note(2, 'CaseClosed', { state: 'closed' })], 'closed'],
  ])('%s', (_, facts, status) => expect(stateOf(...facts).status).toBe(status));
});

describe('the question', () => {
  const asked = { question: { ref: id('InformationRequested'), items: ['photo'] } };
  it('is open while he is waited for, whatever else is news', () => {
    expect(stateOf(question)).toMatchObject(asked);
    expect(stateOf(question, note(2, 'DocumentsReceived'))).toMatchObject(asked);
    for (const after of [note(2, 'AnswerReceived', { state: 'working' }), decided])
      expect(stateOf(question, after)).toMatchObject({ question: null });
  });
  it('may be about nothing on a list', () =>
    expect(stateOf(note(1, 'q', { state: 'waiting' }))).toMatchObject({ question: { items: [] } }));
  it('and what he added stands by the ids of his words', () =>
    expect(stateOf({ ...answers(2), eventId: id('his words') })).toMatchObject({ answers: [id('his words')] }));
});

describe('with whom it is', () => {
  const at1 = [
    note(1, 'WorkReceived', { unit: 'a' }),
    note(1, 'OfficerAssigned', { unit: 'a', officer: 'x' }),
  ] as const;
  it.each<[string, readonly Fact[], { unit: string | null; officer: string | null }]>([
    ['the unit that has it', [at1[0]], { unit: 'a', officer: null }],
    ['the unit whose officer took it, though it was told of no other way', [at1[1]], { unit: 'a', officer: 'x' }],
    ['the same officer in another stage of his unit', [...at1, at1[0]], { unit: 'a', officer: 'x' }],
    ['nobody yet in another unit', [...at1, note(2, 'WorkReceived', { unit: 'b' })], { unit: 'b', officer: null }],
    ['nobody at all in triage', [...at1, note(2, 'WorkReceived')], { unit: null, officer: null }],
    ['another officer once this one is a party', [...at1, note(2, 'PartyDeclared')], { unit: 'a', officer: null }],
    [
      'the same while another decides the dispute',
      [...at1, note(2, 'WorkReceived', { state: 'disputed', unit: 'b' })],
      { unit: 'a', officer: 'x' },
    ],
    ['the same whoever reports', [...at1, note(2, 'ProgressReported', { unit: 'b' })], { unit: 'a', officer: 'x' }],
  ])('is %s', (_, facts, holder) => expect(stateOf(...facts)).toMatchObject(holder));
});

describe('the decision', () => {
  it('is the last one, and rated once for itself', () => {
    expect(stateOf(decided)).toMatchObject({
      decision: {
        ref: id('CaseResolved'),
        outcome: 'remedied',
        at: hours(1),
        rated: null,
        referral: null,
        final: false,
      },
    });
    expect(stateOf(decided, rated('CaseResolved'))).toMatchObject({
      decision: { outcome: 'remedied', rated: { stars: 4, satisfied: false } },
    });
    for (const other of [decided, note(3, 'CaseRejected', { state: 'decided' })])
      expect(stateOf(decided, rated('another'), reopened, other)).toMatchObject({ decision: { rated: null } });
    expect(stateOf(note(1, 'CaseRejected', { state: 'decided' }))).toMatchObject({ decision: { outcome: null } });
  });
  it('is final once an objection to it was dismissed', () =>
    expect(stateOf(decided, note(2, 'DisputeDecided', { state: 'final' }))).toMatchObject({
      decision: { ref: id('CaseResolved'), final: true },
    }));
  it('is given up with the case, and nothing is there to rate', () => {
    const state = stateOf(decided, reopened, note(3, 'WithdrawalReceived', { state: 'withdrawn' }));
    expect(state).toMatchObject({ decision: null });
    expect(stateOf(rated('CaseResolved'))).toMatchObject({ decision: null });
  });
});

describe('what he asked for', () => {
  it('is open until it is answered, whatever the answer', () => {
    expect(stateOf({ ...withdrawn, eventId: id('w') })).toMatchObject({ withdrawal: id('w') });
    expect(stateOf({ ...withdrawn, eventId: id('w') }, question)).toMatchObject({ withdrawal: id('w') });
    for (const state of ['withdrawn', 'too_late', 'goes_on'] as const)
      expect(stateOf(withdrawn, note(2, 'WithdrawalReceived', { state }))).toMatchObject({ withdrawal: null });
  });
});

describe('what he is told', () => {
  it('is each piece of news for itself', () => {
    const untold = { told: null, toldAt: null, failed: [] };
    expect(stateOf(note(1, 'a'), note(2, 'b'), told(3, 'b'))).toMatchObject({
      news: [
        { ref: id('a'), at: hours(1), ...untold },
        { ref: id('b'), told: 'page', toldAt: hours(3) },
      ],
    });
  });
  it('is of bills too', () =>
    expect(stateOf(noteOfBill(1, 'assessed'))).toMatchObject({ fees: [{ ref: id('FeeAssessed') }] }));
});

it('words for everybody may name no place', () => {
  const text = { caseId, unit: 'dpupr', text: 'mended' };
  expect(stateOf(intakeFact('PublicSummaryPublished', text))).toMatchObject({
    summary: { text: 'mended', unit: 'dpupr', place: null },
  });
});
