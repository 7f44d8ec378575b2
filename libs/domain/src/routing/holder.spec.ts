import type { RoutingData } from '@garda/contracts';
import { caseId, desk, entered, familyCard, routed, terms } from '../../test/facts';
import { at, id, monday, specFor, type Fact } from '../../test/spec';
import { routingFact } from '../shared/facts';
import { routingFold } from './evolve';

const given = specFor(routingFold);
const on = (day: string) => `2026-02-${day}T02:00:00.000Z`;
const dayOf = (instant: string | null) => instant?.slice(8, 10) ?? '';
/** Whose the time was, from which day of February to which. */
const whose = (...facts: readonly Fact[]) => {
  const { state } = given(...facts);
  const spans = state.status === 'none' ? [] : state.spans;
  return spans.map(({ with: who, unit, from, until }) => `${who} ${unit ?? '–'} ${dayOf(from)}–${dayOf(until)}`);
};

type Wait = 'question' | 'fee';
const wait = (type: 'WaitBegan' | 'WaitEnded', why: Wait, day: string, heard = day) =>
  at(on(heard), routingFact(type, { caseId, for: why, ref: id(why), at: on(day) }));
const papers = (item: string, day: string, data: Pick<RoutingData<'PapersNoted'>, 'where' | 'unit' | 'to'>) =>
  at(on(day), routingFact('PapersNoted', { caseId, items: [item], ...data }));
const settled = (day: string, heard: string) =>
  at(
    on(heard),
    routingFact('WorkSettled', { caseId, how: 'decided', outcome: 'granted', unit: 'desa-a', at: on(day) }),
  );

describe('before a unit has it', () => {
  it('the time of a case is nobody’s but triage’s, and then the unit’s', () => {
    expect(whose(entered())).toEqual(['triage – 02–']);
    expect(whose(entered(), at(on('03'), routed()))).toEqual(['triage – 02–03', 'unit dpupr 03–']);
    const imported = entered({ filedBy: { by: 'program', program: 'import' } });
    expect(whose(imported)).toEqual(['triage – 02–']);
  });
  it('it is that of the desk that took it, since the day on the slip', () => {
    const slip = { ...familyCard, filedBy: desk, receivedAt: '2026-02-01T02:00:00.000Z' };
    expect(whose(at(on('04'), entered(slip)), at(on('05'), routed('desa-a', slip)))).toEqual(['unit desa-a 01–']);
    expect(whose(at(on('04'), entered(slip)), at(on('05'), routed('kel-b', slip)))).toEqual([
      ...['unit desa-a 01–05', 'unit kel-b 05–'],
    ]);
  });
  it('and triage’s again when it is sent back there', () => {
    const triaged = routingFact('CaseSentToTriage', { caseId, reason: 'third_move' });
    expect(whose(entered(), routed(), at(on('05'), triaged)).slice(1)).toEqual(['unit dpupr 02–05', 'triage – 05–']);
  });
});

describe('while a unit has it', () => {
  const file = [at(monday, entered(familyCard)), routed('desa-a', familyCard)];
  const began = wait('WaitBegan', 'question', '04', '05');

  it('the time in which the citizen is waited for is his, whenever it is heard of', () => {
    expect(whose(...file, began)).toEqual(['unit desa-a 02–04', 'citizen – 04–']);
    expect(whose(...file, began, wait('WaitEnded', 'question', '09', '11'))).toEqual([
      ...['unit desa-a 02–04', 'citizen – 04–09', 'unit desa-a 09–'],
    ]);
  });
  it('as long as anything is waited for', () => {
    const both = [...file, began, wait('WaitBegan', 'fee', '06')];
    expect(whose(...both, wait('WaitEnded', 'question', '09'))).toEqual(['unit desa-a 02–04', 'citizen – 04–']);
    expect(whose(...both, wait('WaitEnded', 'fee', '09'), wait('WaitEnded', 'question', '10'))).toEqual([
      ...['unit desa-a 02–04', 'citizen – 04–10', 'unit desa-a 10–'],
    ]);
  });

  const handed = routingFact('StageHandedOver', {
    ...{ caseId, from: 'desa-a', unit: 'kec-01', offer: 2, stage: 1 },
    terms: terms('DK-01', 'village').stages[1] ?? { tier: 'district', kind: 'assist', time: '2wd' },
  });
  const here = papers('photo', '03', { where: 'at', unit: 'kec-01' });
  const sent = papers('KK', '04', { where: 'on_the_way', unit: 'desa-a', to: 'kec-01' });

  it('the time on the road is the sender’s, whatever unit answers', () => {
    const travels = [...file, here, sent, at(on('05'), handed)];
    expect(whose(...travels)).toEqual(['unit desa-a 02–04', 'transit desa-a 04–']);
    expect(whose(...travels, papers('KK', '06', { where: 'at', unit: 'kec-01' }))).toEqual([
      ...['unit desa-a 02–04', 'transit desa-a 04–06', 'unit kec-01 06–'],
    ]);
  });
  it('but the citizen’s where he is waited for meanwhile', () =>
    expect(whose(...file, sent, wait('WaitBegan', 'question', '05'))).toEqual([
      ...['unit desa-a 02–04', 'transit desa-a 04–05', 'citizen – 05–'],
    ]));
});

describe('after the work', () => {
  const file = [at(monday, entered(familyCard)), routed('desa-a', familyCard)];
  const resumed = routingFact('CaseResumed', { caseId, unit: 'desa-a', offer: 2, stage: 0, time: '3wd' });

  it('the time is nobody’s, from the decision on', () => {
    const released = routingFact('CaseReleased', { caseId, reason: 'silence' });
    expect(whose(...file, settled('05', '09'), at(on('12'), released))).toEqual(['unit desa-a 02–05']);
  });
  it('also where a body outside has the case', () => {
    const referred = { caseId, by: 'desa-a', body: 'x-bptd', reference: 'R-1', followUpOn: '2026-02-16' };
    expect(whose(...file, at(on('05'), routingFact('CaseReferredOutside', referred)))).toEqual(['unit desa-a 02–05']);
  });
  it('until it is worked on again', () =>
    expect(whose(...file, settled('05', '09'), at(on('12'), resumed))).toEqual([
      ...['unit desa-a 02–05', 'unit desa-a 12–'],
    ]));
});
