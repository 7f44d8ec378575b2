import type { Actor, TripRecord } from '@garda/contracts';
import { caseId, citizen, staff } from '../../test/facts';
import { afterReform } from '../../test/reform';
import { id, specFor } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import { UnknownFactError, type Given } from '../shared/fold';
import { approveTrip, recordTrip } from './desk';
import { tripFold, type Trip } from './trip';

const given = specFor(tripFold);
const tripId = id('trip');
const body: TripRecord = {
  ...{ carrier: 'runner', date: '2026-02-02', to: 'kec-01', cases: [caseId] },
  ...{ kilometres: 14, costLine: 'APBDes 2026, perjalanan dinas', cost: 50_000 },
};
const clerk = staff('clerk', 'desa-a');
const recorded = resolutionFact('TripRecorded', { tripId, unit: 'desa-a', recordedBy: 'clerk', ...body });
const approved = (unit: string, approvedBy: string) => resolutionFact('TripApproved', { tripId, unit, approvedBy });
const records =
  (more: Partial<TripRecord> = {}, actor: Actor = clerk) =>
  (state: Trip, all: Given) =>
    recordTrip(state, { tripId, actor, body: { ...body, ...more } }, all);
const approves = (actor: Actor) => (state: Trip, all: Given) => approveTrip(state, { tripId, actor, body: {} }, all);

describe('an errand', () => {
  it('is put on record by its own unit, on the day or later', () => {
    given().when(records()).then(recorded);
    given()
      .when(records({ date: '2026-02-03' }))
      .thenRefused('TRIP_IN_FUTURE');
    given(recorded).when(records()).thenRefused('TRIP_EXISTS');
    for (const actor of [citizen, { kind: 'program', id: 'open311', unit: 'desa-a' } as const])
      given().when(records({}, actor)).thenRefused('NOT_RESPONSIBLE');
  });
  it('goes to another unit of ours', () => {
    for (const [to, code] of [
      ['x-bptd', 'UNIT_UNKNOWN'],
      ['nowhere', 'UNIT_UNKNOWN'],
      ['desa-a', 'RECEIVER_IS_SENDER'],
    ] as const)
      given().when(records({ to })).thenRefused(code);
  });
  it('is approved by the head of the unit, or of the district above', () => {
    given(recorded)
      .when(approves(staff('head', 'desa-a')))
      .then(approved('desa-a', 'head'));
    given(recorded)
      .when(approves(staff('camat', 'kec-01')))
      .then(approved('kec-01', 'camat'));
    expect(given(recorded).state).toMatchObject({ status: 'recorded' });
    expect(given(recorded, approved('kec-01', 'camat')).state).toMatchObject({ status: 'approved' });
  });
  it('is approved after a reform by whoever came after its unit or the district, and by nobody of those that ended', () => {
    const reform = afterReform(['desa-a', 'desa-c'], ['kec-01', 'dinas-baru']);
    const outcome = (unit: string) =>
      given(recorded).when((state, all) => approves(staff('head', unit))(state, { ...all, catalogue: reform }));
    for (const unit of ['desa-c', 'dinas-baru']) outcome(unit).then(approved(unit, 'head'));
    for (const unit of ['desa-a', 'kec-01']) outcome(unit).thenRefused('NOT_RESPONSIBLE');
  });
  it('is approved by nobody else, not twice, and never by whoever ran or recorded it', () => {
    const program: Actor = { kind: 'program', id: 'head', unit: 'desa-a' };
    for (const actor of [staff('head', 'kel-b'), citizen, program])
      given(recorded).when(approves(actor)).thenRefused('NOT_RESPONSIBLE');
    for (const person of ['runner', 'clerk'])
      given(recorded)
        .when(approves(staff(person, 'desa-a')))
        .thenRefused('OWN_TRIP');
    given(recorded, approved('kec-01', 'camat'))
      .when(approves(staff('head', 'desa-a')))
      .thenRefused('TRIP_APPROVED');
    given()
      .when(approves(staff('head', 'desa-a')))
      .thenRefused('TRIP_NOT_FOUND');
  });
  it('is folded from nothing else: no approval of what was not recorded, and no fact of another kind', () => {
    expect(() => given(approved('kec-01', 'camat'))).toThrow(UnknownFactError);
    expect(() => given(recorded, { ...recorded, type: 'TripEaten' })).toThrow(UnknownFactError);
  });
});
