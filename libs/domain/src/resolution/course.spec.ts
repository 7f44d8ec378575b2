import { intakeFact, resolutionFact, routingFact } from '../shared/facts';
import {
  accepted,
  applicant,
  asked,
  assigned,
  caseId,
  desk,
  heard,
  known,
  noWork,
  resolved,
  staff,
  terms,
  words,
  work,
} from '../../test/facts';
import { asks } from '../../test/asked';
import { id, monday, specFor } from '../../test/spec';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { resolutionFold } from './evolve';
import { resolutionReaction } from './reactions';

const given = specFor(resolutionFold);
const by = asks(words);

/** A question that may take longer, whose first step is promised, and that may come under supervision. */
const slow = { terms: terms('UM-04') };
const officer = staff('officer', 'dishub');
const head = staff('head', 'dishub');
const quality = staff('quality', 'upkp2');
const pending = [known(slow), work('dishub', 0, slow), assigned('officer', 'dishub')];
const working = [...pending, accepted('officer', 'dishub')];
const road = [known(), work(), assigned(), accepted()];

describe('declare-party', () => {
  const party = (officerId: string, unit: string, offer?: number) =>
    resolutionFact('PartyDeclared', { caseId, unit, officer: officerId, offer });

  it('takes the case from the officer, who does not get it again', () => {
    given(...working)
      .when(by('declare-party', officer, {}))
      .then(party('officer', 'dishub', 1));
    const after = given(...working, party('officer', 'dishub', 1));
    expect(after.state).toMatchObject({ status: 'working', officer: null, taken: null });
    after.when(by('take', officer, {})).thenRefused('OFFICER_IS_PARTY');
    after.when(by('assign', head, { officer: 'officer' })).thenRefused('OFFICER_IS_PARTY');
    after.when(by('assign', head, { officer: 'other' })).then(assigned('other', 'dishub', 'head'));
    after.when(by('declare-party', officer, {})).thenNothing();
  });
  it('keeps one from it who has not got it, whatever his unit, and leaves it with who has', () => {
    for (const [actor, unit] of [
      [staff('second', 'dishub'), 'dishub'],
      [staff('second', 'kec-01'), 'kec-01'],
    ] as const)
      given(...working)
        .when(by('declare-party', actor, {}))
        .then(party('second', unit));
    const after = given(...working, party('second', 'dishub'));
    expect(after.state).toMatchObject({ officer: 'officer' });
    after.when(by('assign', head, { officer: 'second' })).thenRefused('OFFICER_IS_PARTY');
  });
  it('keeps the case from the desk that filed it, too', () => {
    const filed = { filedBy: desk, terms: terms('DS-02', 'village'), entry: 'village' as const };
    const first = routingFact('CaseRouted', {
      ...{ caseId, unit: 'desa-a', offer: 1, stage: 0, binding: false, by: 'policy' as const },
      terms: { tier: 'village', kind: 'condition', time: '1wd' },
    });
    const hear = (state: ResolutionCase, all: Given) => resolutionReaction(state, heard(first), all);
    given(known(filed))
      .when(hear)
      .then(work('desa-a', 0, filed), assigned('village-officer', 'desa-a', 'filed_here'));
    given(known(filed), party('village-officer', 'desa-a'))
      .when(hear)
      .then(work('desa-a', 0, filed));
  });
  it('is for staff, about an open case, now', () => {
    given()
      .when(by('declare-party', officer, {}))
      .thenRefused('CASE_NOT_FOUND');
    given(...working)
      .when(by('declare-party', { kind: 'citizen' }, {}))
      .thenRefused('NOT_RESPONSIBLE');
    given(...working)
      .when(by('declare-party', officer, { occurredAt: monday }))
      .thenRefused('OCCURRED_AT_NOT_ALLOWED');
    given(...working, resolved('granted', 'dishub'))
      .when(by('declare-party', officer, {}))
      .thenRefused('CASE_NOT_OPEN');
  });
});

describe('take-first-step', () => {
  const taken = resolutionFact('FirstStepTaken', { caseId, unit: 'dishub', words });
  it('is on record once, by the officer who has it', () => {
    given(...working)
      .when(by('take-first-step', officer, {}))
      .then(taken);
    given(...working)
      .when(by('take-first-step', head, {}))
      .thenRefused('NOT_ASSIGNED');
    given(...working, taken)
      .when(by('take-first-step', officer, {}))
      .thenRefused('FIRST_STEP_TAKEN');
    expect(given(...working, taken).state).toMatchObject({ status: 'working', course: { firstStep: monday } });
  });
  it('is a visit where the standard promises that somebody is there', () => {
    const [stage] = slow.terms.stages;
    if (stage === undefined) throw new Error('no stage');
    const { firstStep, ...others } = stage;
    const visited = { terms: { ...slow.terms, stages: [{ ...others, firstVisit: firstStep }] } };
    given(known(visited), ...[work('dishub', 0, visited), ...working.slice(2)])
      .when(by('take-first-step', officer, {}))
      .then(taken);
  });
  it('where the standard promises one', () =>
    given(...road)
      .when(by('take-first-step', staff('officer', 'dpupr'), {}))
      .thenRefused('NO_FIRST_STEP'));
  it('when the work has begun', () =>
    given(...pending)
      .when(by('take-first-step', officer, {}))
      .thenRefused('NOT_WORKING'));
});

describe('extend-time', () => {
  const body = { reason: 'much_material', words: 'three archives' } as const;
  const extended = resolutionFact('TimeExtended', {
    ...{ caseId, unit: 'dishub', stage: 0, time: '7wd', reason: 'much_material' as const, words },
  });
  it('takes what the standard allows, once, with a reason', () => {
    given(...working)
      .when(by('extend-time', head, body))
      .then(extended);
    given(...working, extended)
      .when(by('extend-time', head, body))
      .thenRefused('TIME_EXTENDED');
    expect(given(...working, extended).state).toMatchObject({
      course: { extension: { unit: 'dishub', time: '7wd', at: monday }, supervision: null },
    });
  });
  it('not where it allows none', () =>
    given(...road)
      .when(by('extend-time', staff('head', 'dpupr'), body))
      .thenRefused('EXTENSION_NOT_ALLOWED'));
});

describe('find-supervision', () => {
  const found = resolutionFact('SupervisionFound', { caseId, unit: 'upkp2', stage: 0, time: '60wd', words });
  it('is found once, by the quality unit or the inspectorate, whoever works on it', () => {
    given(...working)
      .when(by('find-supervision', quality, {}))
      .then(found);
    given(...working, found)
      .when(by('find-supervision', staff('i', 'inspektorat'), {}))
      .thenRefused('SUPERVISION_FOUND');
    given(...working)
      .when(by('find-supervision', head, {}))
      .thenRefused('NOT_RESPONSIBLE');
    expect(given(...working, found).state).toMatchObject({
      course: { extension: null, supervision: { unit: 'upkp2', time: '60wd', at: monday } },
    });
  });
  it('lets the case go on though the citizen takes it back', () => {
    const withdrawn = intakeFact('CaseWithdrawn', { caseId, sealed: [] });
    const answer = (result: 'stands' | 'goes_on') =>
      resolutionFact('WithdrawalReceived', { caseId, withdrawal: id('w'), result });
    const hear = (state: ResolutionCase, all: Given) => resolutionReaction(state, heard(withdrawn, id('w')), all);
    given(...working)
      .when(hear)
      .then(answer('stands'));
    given(...working, found)
      .when(hear)
      .then(answer('goes_on'));
  });
  it('not where the standard knows none, nor before somebody works on it', () => {
    given(...road)
      .when(by('find-supervision', quality, {}))
      .thenRefused('NO_SUPERVISION');
    given(...pending)
      .when(by('find-supervision', quality, {}))
      .thenRefused('NOT_WORKING');
    for (const facts of [[], [asked('dishub')]])
      given(...working, ...facts, noWork)
        .when(by('find-supervision', quality, {}))
        .thenRefused('NOT_WORKING');
    given(...working, resolved('granted', 'dishub'))
      .when(by('find-supervision', quality, {}))
      .thenRefused('CASE_NOT_OPEN');
    given()
      .when(by('find-supervision', quality, {}))
      .thenRefused('CASE_NOT_FOUND');
  });
});

describe('hear-unit', () => {
  const about = { ...slow, reportedUnit: 'kec-01' };
  const reported = [
    ...[known(about), work('dishub', 0, about), assigned('officer', 'dishub'), accepted('officer', 'dishub')],
  ];
  const heardUnit = resolutionFact('ReportedUnitHeard', { caseId, unit: 'kec-01', by: 'upkp2', words });
  it('is on record, as often as it is heard', () => {
    for (const facts of [reported, [...reported, heardUnit]])
      given(...facts)
        .when(by('hear-unit', quality, { words: 'x' }))
        .then(heardUnit);
    expect(given(...reported, heardUnit).state).toMatchObject({ course: { heard: monday } });
  });
  it('about any of those to whom the case is sealed', () => {
    const two = { ...about, sealTo: [applicant, { ...applicant, subject: id('reporter') }] };
    for (const { subject } of two.sealTo)
      given(known(two), ...reported.slice(1))
        .when(by('hear-unit', quality, { words: 'x', about: subject }))
        .then(heardUnit);
  });
  it('only of a unit that is reported, about somebody in the case', () => {
    given(...working)
      .when(by('hear-unit', quality, { words: 'x' }))
      .thenRefused('NO_UNIT_REPORTED');
    given(...reported)
      .when(by('hear-unit', quality, { words: 'x', about: id('stranger') }))
      .thenRefused('SUBJECT_UNKNOWN');
  });
  it('never by the reported unit, nor by whoever does the work', () => {
    const itself = { ...slow, reportedUnit: 'upkp2' };
    given(known(itself), work('dishub', 0, itself), assigned('officer', 'dishub'), accepted('officer', 'dishub'))
      .when(by('hear-unit', quality, { words: 'x' }))
      .thenRefused('UNIT_JUDGES_ITSELF');
    given(...reported)
      .when(by('hear-unit', officer, { words: 'x' }))
      .thenRefused('NOT_RESPONSIBLE');
  });
});
