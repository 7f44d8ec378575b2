import { assigned, caseId, familyCard, known, resolved, work } from '../../test/facts';
import { catalogue } from '../../test/catalogue';
import { at, id, monday, specFor, type Fact } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
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

  it('never of a unit where it is the citizen who was reminded', () => {
    const ready = [...held, assigned('village-officer', unit), at(monday, resolved('granted', unit), id('decision'))];
    const late = reminded(...ready);
    expect(given(...late).state).toMatchObject({ reminded: [{ rung: 'papers_not_fetched', to: [] }] });
    expect(tasks(late)).toEqual([]);
    expect(workTasks({ status: 'none' }, catalogue)).toEqual([]);
  });
});
