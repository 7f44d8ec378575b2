import type { NewEvent } from '@garda/contracts';
import { assigned, caseId, familyCard, known, noWork, resolved, work } from '../../test/facts';
import { catalogue } from '../../test/catalogue';
import { at, id, monday, specFor, type Fact } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import type { TaskOfSilence } from '../shared/tasks';
import { fireResolution, resolutionDue } from './due';
import { resolutionFold } from './evolve';
import { workTasks } from './tasks';

const given = specFor(resolutionFold);
const unit = 'desa-a';
const items = ['old KK'];
const handedOver = resolutionFact('DocumentsHandedOver', { caseId, unit, items, to: 'kec-01', carrier: 'runner' });
const held = [
  known(familyCard),
  work(unit, 0, familyCard),
  resolutionFact('DocumentsReceived', { caseId, unit, items }),
];
const came = (missing: string[]) =>
  resolutionFact('DocumentsAcknowledged', { caseId, unit: 'kec-01', items: missing.length > 0 ? [] : items, missing });

/** The facts with the first reminder that their clocks lead to. */
function reminded(...facts: readonly Fact[]): readonly Fact[] {
  const { state } = given(...facts);
  const [first] = [...resolutionDue(state, catalogue)].sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  if (first === undefined) throw new Error('no clock runs');
  const fired = fireResolution(state, first, { now: first.dueAt, catalogue, nextId: () => id('next') });
  return [...facts, ...fired.map((fact) => at(first.dueAt, fact))];
}
const tasks = (facts: readonly Fact[]) => workTasks(given(...facts).state, catalogue);
const since = '2026-02-04T09:00:00.000Z';

describe('what a unit was told of is its task', () => {
  it('of both while papers are not acknowledged, and nobody’s once they are', () => {
    const late = reminded(...held, handedOver);
    expect(tasks([...held, handedOver])).toEqual([]);
    expect(tasks(late)).toEqual([
      { what: 'papers_not_acknowledged', unit, since },
      { what: 'papers_not_acknowledged', unit: 'kec-01', since },
    ]);
    expect(tasks([...late, came([])])).toEqual([]);
  });

  it('of the sender while papers are missing, until they are sent or lost', () => {
    const late = reminded(...held, handedOver, came(items));
    expect(tasks(late)).toEqual([{ what: 'papers_missing', unit, since }]);
    expect(tasks([...late, handedOver])).toEqual([]);
    expect(tasks([...late, resolutionFact('DocumentsLost', { caseId, unit, items })])).toEqual([]);
  });

  it('of whoever had a mandate that has ended: the papers go back', () => {
    const mandate = (state: 'confirmed' | 'ended') =>
      at(
        '2026-02-05T02:00:00.000Z',
        resolutionFact('MandateNoted', { caseId, mandate: id('m'), state, unit, carrier: 'clerk' }),
      );
    const elsewhere = [...held, work('kec-01', 1, familyCard, 2)];
    const back = { what: 'return_papers', unit, since: '2026-02-05T02:00:00.000Z' };
    expect(tasks([...elsewhere, mandate('ended')])).toEqual([back]);
    expect(tasks([...elsewhere, mandate('confirmed')])).toEqual([]);
    expect(tasks([...elsewhere, mandate('ended'), handedOver])).toEqual([]);
    // For its own work on the case it keeps them, until that is done.
    expect(tasks([...held, mandate('ended')])).toEqual([]);
    const decided = [assigned('village-officer', unit), at(monday, resolved('granted', unit), id('decision'))];
    expect(tasks([...held, mandate('ended'), ...decided])).toEqual([back]);
    const late = at('2026-02-06T02:00:00.000Z', resolutionFact('DocumentsReceived', { caseId, unit, items }));
    expect(tasks([...elsewhere, mandate('ended'), late])).toEqual([{ ...back, since: '2026-02-06T02:00:00.000Z' }]);
  });

  it('of whoever keeps papers as a proxy and is none any more, whatever has become of the case', () => {
    const noted = (when: string, state: 'recorded' | 'confirmed' | 'ended', of = unit) =>
      at(when, resolutionFact('MandateNoted', { caseId, mandate: id('m'), state, unit: of, carrier: 'clerk' }));
    const day = (of: number) => `2026-02-0${of}T02:00:00.000Z`;
    const toProxy = at(day(3), resolutionFact('DocumentsReturned', { caseId, unit, items, to: 'proxy', receipt: '1' }));
    const kept = [...held, noted(day(2), 'confirmed'), toProxy];
    const back = { what: 'return_papers', unit, since: day(5) };
    expect(tasks(kept)).toEqual([]);
    expect(tasks([...kept, noted(day(5), 'ended')])).toEqual([back]); // though it works on the case
    expect(tasks([...kept, noted(day(5), 'confirmed', 'kec-01')])).toEqual([back]);
    expect(tasks([...kept, noted(day(5), 'recorded')])).toEqual([back]);
    const over = [assigned('village-officer', unit), at(monday, resolved('granted', unit), id('decision'))];
    expect(tasks([...kept, ...over, noted(day(5), 'ended')])).toEqual([back]);
    const home = resolutionFact('DocumentsReturned', { caseId, unit, items, to: 'applicant', receipt: '2' });
    expect(tasks([...kept, noted(day(5), 'ended'), home])).toEqual([]);
    const another = at(day(6), resolutionFact('DocumentsReceived', { caseId, unit: 'kec-01', items: ['letter'] }));
    const both = [...kept, another, noted(day(7), 'ended', 'kec-01'), work('disdukcapil', 2, familyCard, 3)];
    expect(tasks(both)).toEqual([
      { ...back, since: day(7) },
      { ...back, unit: 'kec-01', since: day(7) },
    ]);
  });

  describe('once its mandate has ended', () => {
    const mandate = (when: string) =>
      at(when, resolutionFact('MandateNoted', { caseId, mandate: id('m'), state: 'ended', unit, carrier: 'clerk' }));
    const thursday = '2026-02-05T02:00:00.000Z';
    const day = (of: number, ...facts: readonly NewEvent[]) =>
      facts.map((fact) => at(`2026-02-0${of}T02:00:00.000Z`, fact));
    const takes = (desk: string, item: string) =>
      resolutionFact('DocumentsReceived', { caseId, unit: desk, items: [item] });
    const back = { what: 'return_papers', unit, since: thursday };

    it('gives them back also while no unit has the case', () =>
      expect(tasks([...held, noWork, mandate(thursday)])).toEqual([back]));
    it('gives back what it has itself, and nothing that another unit has', () => {
      const elsewhere = [known(familyCard), work('kec-01', 1, familyCard, 2), takes('kec-01', 'letter')];
      expect(tasks([...elsewhere, mandate(thursday)])).toEqual([]);
    });
    it('since the first of what it has came to it', () => {
      const facts = [known(familyCard), work('kec-01', 1, familyCard, 2), mandate(monday)];
      const two = [...day(3, takes(unit, 'old KK')), ...day(4, takes(unit, 'letter'))];
      expect(tasks([...facts, ...two])).toEqual([{ ...back, since: '2026-02-03T02:00:00.000Z' }]);
      const acknowledged = resolutionFact('DocumentsAcknowledged', { caseId, unit, items, missing: [] });
      const sentBack = resolutionFact('DocumentsHandedOver', {
        ...{ caseId, unit: 'kec-01', items, to: unit, carrier: 'runner' },
      });
      const returned = day(5, handedOver, came([]), sentBack, acknowledged);
      expect(tasks([...facts, ...two, ...returned])).toEqual([{ ...back, since: '2026-02-04T02:00:00.000Z' }]);
    });
  });

  const told = (rung: TaskOfSilence, startedVersion: number, to: string[], step = 1) =>
    at(since, resolutionFact('ReminderDue', { caseId, rung, step, startedVersion, to, dueAt: since }));
  const has = (what: TaskOfSilence, ...units: string[]) => units.map((one) => ({ what, unit: one, since }));

  it('once, however many papers it is about, and beside whatever else it is to do', () => {
    const other = resolutionFact('DocumentsHandedOver', { caseId, unit, items: ['form'], to: 'kel-b', carrier: 'x' });
    const two = [...held, resolutionFact('DocumentsReceived', { caseId, unit, items: ['form'] }), handedOver, other];
    const late = [told('papers_not_acknowledged', 5, [unit, 'kec-01']), told('papers_not_acknowledged', 6, [unit])];
    expect(tasks([...two, ...late])).toEqual(has('papers_not_acknowledged', unit, 'kec-01'));
    const missing = [came(items), told('papers_not_acknowledged', 6, [unit]), told('papers_missing', 7, [unit])];
    expect(tasks([...two, ...missing])).toEqual([
      ...has('papers_not_acknowledged', unit),
      ...has('papers_missing', unit),
    ]);
  });

  it('until it has done it itself, whatever others still owe', () => {
    const letter = resolutionFact('DocumentsReceived', { caseId, unit: 'kec-01', items: ['letter'] });
    const facts = [
      ...held,
      letter,
      work('disdukcapil', 2, familyCard, 3),
      told('papers_not_sent_on', 5, [unit, 'kec-01']),
    ];
    expect(tasks(facts)).toEqual(has('papers_not_sent_on', unit, 'kec-01'));
    expect(tasks([...facts, handedOver])).toEqual(has('papers_not_sent_on', 'kec-01'));
  });

  it('not where it is another silence that lasts: one that began with it, or after it', () => {
    const two = ['old KK', 'form'];
    const received = resolutionFact('DocumentsReceived', { caseId, unit, items: two });
    const sent = resolutionFact('DocumentsHandedOver', { caseId, unit, items: two, to: 'kec-01', carrier: 'x' });
    const half = resolutionFact('DocumentsAcknowledged', { caseId, unit: 'kec-01', items, missing: ['form'] });
    const both = [told('papers_not_sent_on', 5, ['kec-01']), told('papers_missing', 5, [unit])];
    const facts = [known(familyCard), work('disdukcapil', 2, familyCard, 3), received, sent, half, ...both];
    expect(tasks(facts)).toEqual([...has('papers_not_sent_on', 'kec-01'), ...has('papers_missing', unit)]);
    const on = (from: string, to: string) =>
      resolutionFact('DocumentsHandedOver', { caseId, unit: from, items, to, carrier: 'x' });
    expect(tasks([...facts, on('kec-01', 'disdukcapil')])).toEqual(has('papers_missing', unit));
    const late = [...held, handedOver, told('papers_not_acknowledged', 4, [unit, 'kec-01'])];
    expect(tasks([...late, came([]), on('kec-01', unit)])).toEqual([]);
  });

  it('never of a unit where it is the citizen who was reminded', () => {
    const ready = [...held, assigned('village-officer', unit), at(monday, resolved('granted', unit), id('decision'))];
    const late = reminded(...ready);
    expect(given(...late).state).toMatchObject({ reminded: [{ rung: 'papers_not_fetched', to: [] }] });
    expect(tasks(late)).toEqual([]);
    expect(workTasks({ status: 'none' }, catalogue)).toEqual([]);
  });
});
