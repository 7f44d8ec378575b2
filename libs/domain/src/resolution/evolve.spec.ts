import type { ResolutionData, ResolutionFact } from '@garda/contracts';
import { reopened, withdrawn } from '../../test/disputes';
import { accepted, assigned, caseId, familyCard, known, resolved, words, work } from '../../test/facts';
import { at, id, monday, specFor, type Fact } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import { resolutionFold } from './evolve';

const given = specFor(resolutionFold);
const tuesday = '2026-02-03T02:00:00.000Z';
const unit = 'desa-a';
const working = [known(), work(), assigned(), accepted()];
const stateOf = (...facts: readonly Fact[]) => given(...facts).state;

it('a case that was just made known has what it came with, and nothing else', () => {
  const { caseId: of, terms, filedBy, sealTo, identity, content, papers } = known().data as ResolutionData<'CaseKnown'>;
  expect(stateOf(known())).toEqual({
    file: { caseId: of, terms, filedBy, sealTo, identity, content, papers, reportedUnit: null },
    ...{ status: 'known', work: null, officer: null, accepted: false, taken: null },
    ...{ questions: [], answers: [], told: [], products: [], papers: [], records: [], reminded: [], workers: [] },
    ...{ leader: null, link: 0, reopened: 0, mandate: null, disputes: [], barred: [] },
    money: { fees: [], payments: [], refunds: [] },
    course: { parties: [], firstStep: null, extension: null, supervision: null, heard: null },
  });
});

it.each<[string, ResolutionFact]>([
  ['progress', resolutionFact('ProgressReported', { caseId, unit: 'dpupr', code: 'visited', words })],
  [
    'a gift that was declined',
    resolutionFact('GiftDeclined', { caseId, unit: 'dpupr', officer: 'officer', gift: { kind: 'thing' }, words }),
  ],
  ['a word from outside', resolutionFact('OutsideNoted', { caseId, body: 'x-bptd', state: 'asked', ref: id('o') })],
  ['a claim for a refund', resolutionFact('RefundClaimReceived', { caseId, claim: id('claim') })],
])('%s is put on record, and the work goes on as it was', (_, fact) => {
  for (const facts of [working, [...working, resolved()]]) {
    const before = stateOf(...facts);
    const after = stateOf(...facts, fact);
    expect({ ...after, records: [] }).toEqual({ ...before, records: [] });
  }
});

describe('work that comes to the unit that has it', () => {
  const first = [known(familyCard), work(unit, 0, familyCard), assigned('o', unit), accepted('o', unit)];
  const completed = resolutionFact('StageCompleted', { caseId, unit, stage: 0 });
  const anew = { status: 'pending', accepted: false, officer: 'o', taken: { at: monday, version: 3 } };

  it('is accepted anew where it is another stage, and stays with its officer', () =>
    expect(stateOf(...first, work(unit, 1, familyCard, 2))).toMatchObject({ ...anew, work: { stage: 1, offer: 2 } }));
  it('is accepted anew where its stage was done and is given back', () =>
    expect(stateOf(...first, completed, work(unit, 0, familyCard, 2))).toMatchObject(anew));
});

it('a withdrawn case is nobody’s any more', () =>
  expect(stateOf(...working, withdrawn)).toMatchObject({
    ...{ status: 'withdrawn', officer: null, taken: null, accepted: false },
    withdrawal: { ref: id('w') },
  }));

describe('what is heard of a decision', () => {
  const decided = [...working, at(monday, resolved(), id('d'))];
  const told = (when: string) => resolutionFact('CitizenTold', { caseId, about: id('d'), at: when });
  const satisfied = resolutionFact('SatisfactionReceived', { caseId, decision: id('d'), satisfied: true });

  it('the citizen was told of it when he was told first', () =>
    expect(stateOf(...decided, told(monday), told(tuesday))).toMatchObject({ decision: { told: monday } }));
  it('his satisfaction is with a decision, and says nothing once the case is worked on again', () => {
    const again = [...decided, reopened('ex_officio')];
    expect(stateOf(...again, satisfied)).toEqual(stateOf(...again));
  });
});
