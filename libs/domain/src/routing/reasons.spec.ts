import { catalogue } from '../../test/catalogue';
import { caseId, entered, familyCard, routed, terms } from '../../test/facts';
import { at, monday, recorded, type Fact } from '../../test/spec';
import { routingFact } from '../shared/facts';
import { foldAll } from '../shared/fold';
import { stageOf } from './case';
import { routingFold } from './evolve';
import { explainDeadline } from './reckoning';

const on = (day: string) => `2026-02-${day}T02:00:00.000Z`;
const card = [entered(familyCard), routed('desa-a', familyCard)];
const pinned = { terms: terms('DK-01', 'village') };
const longer = (kind: 'extension' | 'supervision', stage: number, time: string) =>
  routingFact('TimeExtensionNoted', { caseId, kind, stage, time });
const settled = routingFact('WorkSettled', { caseId, how: 'decided', outcome: 'granted', unit: 'desa-a', at: monday });
const resumed = (time: string, from?: string) =>
  routingFact('CaseResumed', { caseId, unit: 'desa-a', offer: 2, stage: 0, time, from });
const handedOn = routingFact('StageHandedOver', {
  ...{ caseId, from: 'desa-a', unit: 'kec-01', offer: 2, stage: 1, terms: stageOf(pinned, 1) },
});
const home = routingFact('CaseReturned', {
  ...{ caseId, from: 'kec-01', reason: 'stage_incomplete' },
  to: { unit: 'desa-a', offer: 3, stage: 0, terms: stageOf(pinned, 0) },
});
/** What each step is and why; of a term, how long. */
const why = (part: 'total' | 'stage', ...facts: readonly Fact[]) =>
  explainDeadline(foldAll(routingFold, recorded(facts)), catalogue)?.[part]?.steps.map((step) =>
    step.what === 'term' ? `${step.why} ${step.time}` : String(step.why),
  );

describe('why the whole is due then', () => {
  it.each([
    [
      'as promised, but for the stage that came under supervision',
      [longer('supervision', 0, '2wd')],
      'supervision 2wd',
    ],
    [
      'as promised anew, where only its own promise counts again',
      [settled, at(on('05'), resumed('3wd', monday))],
      'stage 1wd',
    ],
  ])('%s', (_, facts, first) =>
    expect(why('total', ...card, ...facts)).toEqual(['desk', first, 'stage 2wd', 'stage 3wd']),
  );
  it.each([
    ['reopened, though on the day of its receipt', [settled, resumed('3wd')], 'reopened 3wd'],
    [
      'reopened, whatever supervision there was',
      [longer('supervision', 0, '60wd'), settled, resumed('3wd')],
      'reopened 3wd',
    ],
    [
      'reopened, though it was once longer by as much',
      [longer('extension', 0, '3wd'), settled, resumed('3wd')],
      'reopened 3wd',
    ],
    [
      'under supervision since it was reopened',
      [settled, resumed('3wd'), longer('supervision', 0, '1wd')],
      'supervision 1wd',
    ],
  ])('%s', (_, facts, only) => expect(why('total', ...card, ...facts)).toEqual(['reopened', only]));
  it('says that it was reopened also where the standard has one stage', () =>
    expect(why('total', entered(), routed(), settled, at(on('05'), resumed('14wd')))).toEqual([
      ...['reopened', 'reopened 14wd'],
    ]));
});

describe('why the present stage is due then', () => {
  it('the first runs from receipt, with its own time', () =>
    expect(why('stage', ...card)).toEqual(['desk', 'stage 1wd']));
  it('with the longer time of this stage alone', () => {
    expect(why('stage', ...card, longer('supervision', 0, '60wd'))).toEqual(['desk', 'supervision 60wd']);
    expect(why('stage', ...card, longer('extension', 0, '7wd'))).toEqual(['desk', 'stage 1wd', 'extension 7wd']);
    const later = [longer('supervision', 0, '60wd'), longer('extension', 0, '7wd'), at(on('04'), handedOn)];
    expect(why('stage', ...card, ...later)).toEqual(['handed_over', 'stage 2wd']);
  });
  it('one that came back was elsewhere meanwhile', () =>
    expect(why('stage', ...card, at(on('03'), handedOn), at(on('05'), home))).toEqual([
      ...['desk', 'stage 1wd', 'elsewhere'],
    ]));
});
