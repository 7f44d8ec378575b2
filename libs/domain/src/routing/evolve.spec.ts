import { acknowledged, caseId, entered, routed } from '../../test/facts';
import { at, id, monday, specFor } from '../../test/spec';
import { routingFact } from '../shared/facts';
import { UnknownFactError } from '../shared/fold';
import { routingFold } from './evolve';

const given = specFor(routingFold);
const later = '2026-02-04T02:00:00.000Z';
const noted = (officer?: string) => routingFact('OfficerNoted', { caseId, offer: 1, unit: 'dpupr', officer });

describe('a case as routing sees it', () => {
  it('begins when it enters, with nothing behind it', () => {
    expect(given(entered()).state).toMatchObject({
      ...{ status: 'unrouted', place: null, triage: null, settled: null, dispute: null, referral: null },
      ...{ past: [], trail: [], waits: [], longer: [], missed: [], climbed: [], followers: [], papers: [] },
    });
    expect(() => given(routed())).toThrow(UnknownFactError);
  });
  it('stops at a fact that nobody knows', () =>
    expect(() => given(entered(), { type: 'CaseForgotten', schemaVersion: 1, data: { caseId } })).toThrow(
      UnknownFactError,
    ));
  it('is held by the unit that has acknowledged it', () =>
    expect(given(entered(), routed(), acknowledged()).state).toMatchObject({
      status: 'held',
      place: { unit: 'dpupr', acknowledged: true },
    }));
  it('has nobody since the offer, or since its officer gave it up', () => {
    const offered = [entered(), routed(), at(later, noted('officer'))];
    expect(given(...offered).state).toMatchObject({ place: { vacant: { at: monday, version: 2 } } });
    expect(given(...offered, noted()).state).toMatchObject({ place: { vacant: { at: later, version: 4 } } });
  });
});

describe('what a body outside answers', () => {
  it('leaves the case where it lies', () => {
    const triaged = routingFact('CaseSentToTriage', { caseId, reason: 'no_rule' });
    const referred = routingFact('CaseReferredOutside', {
      ...{ caseId, by: 'upkp2', body: 'x-bptd', reference: 'R-1', followUpOn: '2026-02-16' },
    });
    const answered = routingFact('OutsideBodyAnswered', { caseId, body: 'x-bptd', how: 'answered', by: 'upkp2' });
    expect(given(entered(), triaged, referred).state).toMatchObject({ status: 'outside', referral: { answer: null } });
    expect(given(entered(), triaged, referred, answered).state).toMatchObject({
      ...{ status: 'outside', settled: null, referral: { body: 'x-bptd', answer: 'answered' } },
    });
  });
});

describe('a wait', () => {
  const wait = (type: 'WaitBegan' | 'WaitEnded', ref: string, when: string) =>
    routingFact(type, { caseId, for: 'question', ref: id(ref), at: when });
  const end = '2026-02-06T02:00:00.000Z';

  it('ends with its own answer, or with the work, and only once', () => {
    const facts = [wait('WaitBegan', 'first', monday), wait('WaitBegan', 'second', monday)];
    const settled = routingFact('WorkSettled', { caseId, how: 'withdrawn', outcome: 'withdrawn', at: end });
    const answered = [entered(), routed(), ...facts, wait('WaitEnded', 'first', later)];
    for (const more of [[], [wait('WaitEnded', 'first', end)]])
      expect(given(...answered, ...more).state).toMatchObject({ waits: [{ until: later }, { until: null }] });
    expect(given(...answered, settled).state).toMatchObject({ waits: [{ until: later }, { until: end }] });
  });
});
