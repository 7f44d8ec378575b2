import { catalogue, rows, policy } from '../../test/catalogue';
import { caseId, entered, terms } from '../../test/facts';
import { at, specFor } from '../../test/spec';
import { Catalogue } from '../shared/catalogue';
import { routingFact } from '../shared/facts';
import { fireRouting, routingDue } from './due';
import { routingFold } from './evolve';
import { levyLadder } from './ladder';
import { placeByPolicy } from './policy';

const given = specFor(routingFold);
const end = (day: string) => `2026-02-${day}T09:00:00.000Z`;
const report = (reportedUnit?: string, more: object = {}) =>
  entered({ terms: terms('LV-01'), identity: 'none', content: 'private', reportedUnit, ...more });
const routed = (unit = 'inspektorat') =>
  routingFact('CaseRouted', {
    ...{ caseId, unit, offer: 1, stage: 0, binding: false, by: 'policy' as const },
    terms: terms('LV-01').stages[0] ?? { tier: 'regency', kind: 'condition', time: '60wd' },
  });
const acknowledged = routingFact('HandOverAcknowledged', { caseId, unit: 'inspektorat', offer: 1, how: 'deemed' });
const noted = (officer?: string) => routingFact('OfficerNoted', { caseId, offer: 1, unit: 'inspektorat', officer });
const told = (rung: number, to: string, dueAt: string) =>
  routingFact('CaseEscalated', { caseId, clock: 'levy', rung, to, dueAt });
const fire =
  (clock: string, startedVersion: number, rung = 1) =>
  (state: Parameters<typeof fireRouting>[0], all: Parameters<typeof fireRouting>[2]) =>
    fireRouting(state, { clock, startedVersion, rung }, all);
const clocksOf = (state: Parameters<typeof routingDue>[0]) =>
  routingDue(state, catalogue).map((row) => `${row.clock} ${row.startedVersion}.${row.rung} ${row.dueAt.slice(5, 10)}`);
const placeOf = (reported: string | undefined, known: Catalogue = catalogue) => {
  const { state } = given(report(reported));
  return state.status === 'none' ? undefined : placeByPolicy(state.file, 0, known);
};

describe('who gets a levy report', () => {
  it('is the inspectorate, whoever is reported', () => {
    for (const reported of [undefined, 'desa-a', 'kec-01', 'upkp2', 'setda'])
      expect(placeOf(reported)).toEqual({ unit: 'inspektorat' });
  });
  it('is whoever stands in, where the inspectorate itself is reported; never the triage of everybody', () =>
    expect(placeOf('inspektorat')).toEqual({ unit: 'setda' }));
  it('is nobody of ours, where a body outside stands in for the inspectorate', () => {
    const outside = new Catalogue({ ...rows, policies: [{ ...policy, conflict: { oversight: 'x-ombudsman' } }] });
    expect(placeOf('inspektorat', outside)).toEqual({
      triage: 'suggests_outside',
      suggestion: { refer: 'x-ombudsman' },
    });
    const nobody = new Catalogue({ ...rows, policies: [{ ...policy, conflict: {} }] });
    expect(placeOf('inspektorat', nobody)).toEqual({ triage: 'reported_unit' });
  });
});

describe('standing in', () => {
  it('frees the unit that the conflict table names from keeping away, and nobody else', () => {
    expect(catalogue.keepsAway('setda', 'inspektorat')).toBe(false);
    expect(catalogue.keepsAway('inspektorat', 'inspektorat')).toBe(true);
    expect(catalogue.keepsAway('setda', 'upkp2')).toBe(true);
    expect(catalogue.keepsAway('setda', null)).toBe(false);
    expect(catalogue.standInFor('desa-a')).toBeUndefined();
  });
});

describe('the ladder of a levy report', () => {
  it('is the inspectorate, the secretary, and the body outside', () =>
    expect(levyLadder('inspektorat', null, catalogue)).toEqual(['inspektorat', 'setda', 'x-ombudsman']));
  it('leaves out who is reported and who is above him in line, but not who stands in', () => {
    expect(levyLadder('inspektorat', 'kel-b', catalogue)).toEqual(['inspektorat', 'x-ombudsman']);
    expect(levyLadder('inspektorat', 'setda', catalogue)).toEqual(['inspektorat', 'x-ombudsman']);
    expect(levyLadder('setda', 'inspektorat', catalogue)).toEqual(['setda', 'x-ombudsman']);
    expect(levyLadder(null, null, catalogue)).toEqual(['setda', 'x-ombudsman']);
  });
  it('has nobody more where no secretary is, or nobody stands in for him', () => {
    expect(levyLadder('inspektorat', null, new Catalogue({ ...rows, units: [] }))).toEqual(['inspektorat']);
    const alone = new Catalogue({ ...rows, policies: [{ ...policy, conflict: {} }] });
    expect(levyLadder('inspektorat', null, alone)).toEqual(['inspektorat', 'setda']);
  });
});

describe('a levy report that nobody takes', () => {
  it('has clocks of its own from its receipt, and none of the general ladder', () =>
    expect(clocksOf(given(at('2026-02-03T01:00:00.000Z', report()), routed()).state)).toEqual([
      'handover 2.1 02-04',
      'levy 2.1 02-05',
      'levy 2.2 02-10',
      'levy 2.3 02-13',
      'total 1.1 04-29',
    ]));
  it('climbs rung by rung, each once', () => {
    const held = [report(), routed(), acknowledged];
    const ends = [end('05'), end('10'), end('13')];
    const rungs = ['inspektorat', 'setda', 'x-ombudsman'].map((to, i) => told(i + 1, to, ends[i] ?? ''));
    for (const [i, rung] of rungs.entries()) {
      const due = ends[i] ?? '';
      given(...held, ...rungs.slice(0, i))
        .when(fire('levy', 2, i + 1), due)
        .then(rung);
      given(...held, ...rungs.slice(0, i + 1))
        .when(fire('levy', 2, i + 1), due)
        .thenNothing();
    }
    given(...held)
      .when(fire('levy', 2), '2026-02-05T08:59:59.000Z')
      .thenNothing();
    given(...held)
      .when(fire('unassigned', 2), end('10'))
      .thenNothing();
  });
  it('climbs no more once somebody has it, and again from when he gave it up', () => {
    expect(clocksOf(given(report(), routed(), acknowledged, noted('i')).state).join()).not.toContain('levy');
    const givenUp = given(report(), routed(), acknowledged, noted('i'), at('2026-02-09T01:00:00.000Z', noted()));
    expect(clocksOf(givenUp.state).filter((row) => row.startsWith('levy'))[0]).toBe('levy 5.1 02-12');
  });
  it('begins again with another unit, from when it was given there', () => {
    const moved = routingFact('CaseTransferred', {
      ...{ caseId, from: 'inspektorat', unit: 'setda', offer: 2, stage: 0, reason: 'other_task' },
      terms: terms('LV-01').stages[0] ?? { tier: 'regency', kind: 'condition', time: '60wd' },
    });
    expect(clocksOf(given(report(), routed(), at('2026-02-09T01:00:00.000Z', moved)).state)).toEqual([
      ...['handover 3.1 02-10', 'levy 3.1 02-12', 'levy 3.2 02-17', 'total 1.1 04-29'],
    ]);
  });
  it('climbs without a unit too', () => {
    const nobody = given(report('inspektorat'), routingFact('CaseSentToTriage', { caseId, reason: 'reported_unit' }));
    expect(clocksOf(nobody.state).filter((row) => /levy|triage/.test(row))).toEqual([
      'levy 2.1 02-05',
      'levy 2.2 02-10',
    ]);
  });
  it('tells its own ladder of a first step that is late, and of the whole', () => {
    const begun = given(report(), routed(), acknowledged, noted('i'), told(1, 'inspektorat', end('05')));
    begun
      .when(fire('first_step', 2), end('05'))
      .then(routingFact('CaseEscalated', { caseId, clock: 'first_step', rung: 2, to: 'setda', dueAt: end('05') }));
  });
});
