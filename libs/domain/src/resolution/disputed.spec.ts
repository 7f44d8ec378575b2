import { units, rows } from '../../test/catalogue';
import { closedBy, disputed, judged, reopened } from '../../test/disputes';
import { accepted, assigned, caseId, heard, known, noWork, resolved, staff, words, work } from '../../test/facts';
import { at, givenAt, id, monday, specFor, type Fact } from '../../test/spec';
import { Catalogue } from '../shared/catalogue';
import { intakeFact, resolutionFact } from '../shared/facts';
import type { ResolutionCase } from './case';
import { resolutionCommands } from './commands';
import { resolutionFold } from './evolve';
import { resolutionReaction } from './reactions';

const given = specFor(resolutionFold);
const [first, second] = [id('first dispute'), id('second dispute')];
const tuesday = '2026-02-03T02:00:00.000Z';
const working = [known(), work(), assigned(), accepted()];
const decided = [...working, at(monday, resolved(), id('d'))];
const named = (dispute: string, unit = 'upkp2') =>
  resolutionFact('WorkReceived', { caseId, kind: 'dispute', unit, dispute });
const stateOf = (...facts: readonly Fact[]) => given(...facts).state;
const decides = (state: ResolutionCase) =>
  resolutionCommands['decide-dispute'](
    state,
    {
      ...{ caseId, actor: staff('i', 'inspektorat'), sealedWords: words },
      body: { result: 'dismissed', remedies: ['x-ombudsman'], words: 'x' },
    },
    givenAt(),
  );

describe('of two disputes of one case', () => {
  const upheld = [...decided, disputed(id('d'), first), named(first), judged('upheld', first), reopened('upheld')];
  const again = [
    assigned('another'),
    accepted('another'),
    at(tuesday, resolved(), id('d2')),
    disputed(id('d2'), second),
  ];
  const both = [...upheld, ...again];

  it('each is decided by whom routing named for it', () => {
    const facts = [...both, named(second, 'inspektorat')];
    expect(stateOf(...facts)).toMatchObject({
      disputes: [
        { ref: first, to: 'upkp2', state: 'upheld' },
        { ref: second, to: 'inspektorat', state: 'open' },
      ],
    });
    given(...facts)
      .when(decides)
      .then(
        resolutionFact('DisputeDecided', {
          ...{ caseId, dispute: second, unit: 'inspektorat', result: 'dismissed', remedies: ['x-ombudsman'], words },
        }),
      );
  });
  it('the one that was decided stays as it was decided', () =>
    expect(stateOf(...both, named(second), judged('dismissed', second))).toMatchObject({
      status: 'final',
      disputes: [
        { ref: first, state: 'upheld', remedies: [], decidedAt: monday },
        { ref: second, state: 'dismissed', remedies: ['x-ombudsman'], decidedAt: tuesday },
      ],
    }));
  it('the second is moot while the first is open', () => {
    const dispute = intakeFact('ResolutionDisputed', { caseId, decision: id('d'), sealed: [] });
    given(...decided, disputed(id('d'), first))
      .when((state, all) => resolutionReaction(state, heard(dispute, second), all))
      .then(
        resolutionFact('DisputeReceived', {
          ...{ caseId, dispute: second, decision: id('d'), result: 'moot', disputedAt: monday },
        }),
      );
  });
});

describe('a dispute', () => {
  const moot = resolutionFact('DisputeReceived', {
    ...{ caseId, dispute: first, decision: id('other'), result: 'moot', disputedAt: monday },
  });
  it('that stands is open, and nothing is said about it yet', () =>
    expect(stateOf(...decided, disputed(id('d'), first))).toMatchObject({
      status: 'disputed',
      disputes: [
        {
          ...{ ref: first, decision: id('d'), at: monday, to: null, state: 'open' },
          ...{ remedies: [], decidedAt: null, version: 6 },
        },
      ],
    }));
  it('that is moot leaves the decision as it is, closed or not', () => {
    expect(stateOf(...decided, moot)).toEqual(stateOf(...decided));
    const closed = [...decided, closedBy('silence')];
    expect(stateOf(...closed, moot)).toEqual(stateOf(...closed));
  });
  it('is about a decision: where there is none, neither it nor a verdict changes anything', () => {
    expect(stateOf(...working, disputed(id('d'), first))).toEqual(stateOf(...working));
    for (const result of ['upheld', 'dismissed'] as const)
      expect(stateOf(...working, judged(result, first))).toMatchObject({
        ...{ status: 'working', officer: 'officer', accepted: true, disputes: [], barred: [] },
      });
  });
  it('is not there to be decided once the case is worked on again', () =>
    given(...decided, disputed(id('d'), first), named(first, 'inspektorat'), reopened('answered'))
      .when(decides)
      .thenRefused('NOT_DISPUTED'));
  it('that is upheld bars nobody where no officer had the case', () => {
    const nobodys = [known(), work(), at(monday, resolved('no_answer'), id('d'))];
    expect(stateOf(...nobodys, disputed(id('d'), first), judged('upheld', first))).toMatchObject({ barred: [] });
  });
  it('of what no unit had is nobody’s where there is no quality unit', () => {
    const catalogue = new Catalogue({ ...rows, units: units.filter(({ kind }) => kind !== 'quality') });
    const dispute = intakeFact('ResolutionDisputed', { caseId, decision: id('d'), sealed: [] });
    const nobodys = resolutionFact('CaseResolved', { caseId, outcome: 'no_answer' });
    given(known(), noWork, at(monday, nobodys, id('d')))
      .when((state, all) => resolutionReaction(state, heard(dispute, first), { ...all, catalogue }))
      .then(
        resolutionFact('DisputeReceived', {
          ...{ caseId, dispute: first, decision: id('d'), result: 'stands', disputedAt: monday },
        }),
      );
  });
});
