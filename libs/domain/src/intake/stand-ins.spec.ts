import type { StandInNaming } from '@garda/contracts';
import { citizen, importer, staff } from '../../test/facts';
import { afterReform } from '../../test/reform';
import { specFor } from '../../test/spec';
import { intakeFact } from '../shared/facts';
import { nameStandIn, standInFold } from './stand-ins';

const given = specFor(standInFold);
type Rule = Parameters<ReturnType<typeof given>['when']>[0];
const head = staff('head', 'dpupr');
const leave: StandInNaming = { standIn: 'second', from: '2026-02-03', until: '2026-02-06' };
const names =
  (body: StandInNaming = leave, actor = head, officer = 'first'): Rule =>
  (state, all) =>
    nameStandIn(state, { actor, officer, body }, all);
const named = (more: object = {}) =>
  intakeFact('StandInNamed', {
    ...{ for: 'first', standIn: 'second', unit: 'dpupr', from: '2026-02-03', until: '2026-02-06' },
    ...more,
  });

describe('a stand-in', () => {
  it('is named by a head for an officer of his unit', () => given().when(names()).then(named()));
  it('is named by the secretary for any unit, and by nobody else', () => {
    given()
      .when(names({ ...leave, unit: 'dpupr' }, staff('secretary', 'setda')))
      .then(named());
    given()
      .when(names({ ...leave, unit: 'dpupr' }, staff('head', 'dishub')))
      .thenRefused('NOT_RESPONSIBLE');
    for (const nobody of [citizen, importer]) given().when(names(leave, nobody)).thenRefused('NOT_RESPONSIBLE');
  });
  it('is another person', () =>
    given()
      .when(names(leave, head, 'second'))
      .thenRefused('STAND_IN_SELF'));
  it('has days in order that are not over', () => {
    for (const day of ['2026-02-02', '2026-02-03'])
      given()
        .when(names({ ...leave, from: day, until: day }))
        .then(named({ from: day, until: day }));
    given()
      .when(names({ ...leave, until: '2026-02-02' }))
      .thenRefused('PERIOD_WRONG');
    given()
      .when(names({ ...leave, from: '2026-01-05', until: '2026-02-01' }))
      .thenRefused('PERIOD_WRONG');
    // 17:30 in UTC is the next day in the office.
    given()
      .when(names({ ...leave, from: '2026-02-02', until: '2026-02-02' }), '2026-02-02T17:30:00.000Z')
      .thenRefused('PERIOD_WRONG');
  });
  it('is of a unit that is there', () => {
    given()
      .when(names({ ...leave, unit: 'nowhere' }))
      .thenRefused('UNIT_UNKNOWN');
    const reform = afterReform(['dpupr', 'dinas-baru']);
    given()
      .when((state, all) =>
        nameStandIn(state, { actor: head, officer: 'first', body: leave }, { ...all, catalogue: reform }),
      )
      .thenRefused('UNIT_UNKNOWN');
  });
  it('is named again when he comes back earlier, or another does it; the same again is nothing', () => {
    given(named())
      .when(names({ ...leave, until: '2026-02-04' }))
      .then(named({ until: '2026-02-04' }));
    given(named()).when(names()).thenNothing();
    expect(() => given(intakeFact('CaseWithdrawn', { caseId: 'x', sealed: [] }))).toThrow('no rule knows');
  });
});
