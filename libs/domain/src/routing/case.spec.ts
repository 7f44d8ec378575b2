import { caseId, entered, familyCard, routed, terms } from '../../test/facts';
import { id, monday, specFor, type Fact } from '../../test/spec';
import { routingFact } from '../shared/facts';
import { stageOf, startOf, type Climbed } from './case';
import { routingFold } from './evolve';

const given = specFor(routingFold);
const card = terms('DK-01', 'village');
const triaged = routingFact('CaseSentToTriage', { caseId, reason: 'no_rule' });
const referred = routingFact('CaseReferredOutside', {
  ...{ caseId, by: 'upkp2', body: 'x-bptd', reference: 'R-1', followUpOn: '2026-02-16' },
});
const disputed = routingFact('DisputeRouted', { caseId, dispute: id('dispute'), by: 'policy', disputedAt: monday });
/** Handed on, given back, taken and given up again: each clock of the unit has a start of its own. */
const wandered: readonly Fact[] = [
  entered(familyCard),
  routed('desa-a', familyCard),
  routingFact('StageHandedOver', {
    ...{ caseId, from: 'desa-a', unit: 'kec-01', offer: 2, stage: 1, terms: stageOf({ terms: card }, 1) },
  }),
  routingFact('CaseReturned', {
    ...{ caseId, from: 'kec-01', reason: 'stage_incomplete' },
    to: { unit: 'desa-a', offer: 3, stage: 0, terms: stageOf({ terms: card }, 0) },
  }),
  routingFact('OfficerNoted', { caseId, offer: 3, unit: 'desa-a' }),
];

describe('a clock', () => {
  const startIn = (clock: Climbed['clock'], ...facts: readonly Fact[]) => {
    const { state } = given(...facts);
    return state.status === 'none' ? undefined : startOf(state, clock);
  };
  it.each([
    ['the whole, with the case', 'total', 1],
    ['a stage, with the first offer of it', 'stage', 2],
    ['the first step, with this offer', 'first_step', 4],
    ['nobody assigned, since its officer gave it up', 'unassigned', 5],
    ['a levy report untouched, since then too', 'levy', 5],
    ['triage, not at all', 'triage', 0],
  ] as const)('of a unit begins: %s', (_, clock, version) => expect(startIn(clock, ...wandered)).toBe(version));
  it.each([
    ['triage', 2],
    ['levy', 2],
    ['unassigned', 0],
    ['stage', 0],
    ['first_step', 0],
    ['outside', 0],
    ['disputed', 0],
  ] as const)('without a unit begins with the triage, or does not run: %s', (clock, version) =>
    expect(startIn(clock, entered(), triaged)).toBe(version),
  );
  it('of a levy report that has only come in does not run', () => expect(startIn('levy', entered())).toBe(0));
  it('of a body outside, or of a dispute, begins with it', () => {
    expect(startIn('outside', entered(), triaged, referred)).toBe(3);
    expect(startIn('disputed', entered(), triaged, referred, disputed)).toBe(4);
  });
});

describe('the terms of a stage', () => {
  it('are those that were pinned', () => expect(stageOf({ terms: card }, 2)).toMatchObject({ tier: 'agency' }));
  it('are none of a stage that the standard has not', () =>
    expect(() => stageOf({ terms: card }, 3)).toThrow(RangeError));
});
