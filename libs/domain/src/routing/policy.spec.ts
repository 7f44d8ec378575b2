import { policy, rows } from '../../test/catalogue';
import { caseId, entered, familyCard, heard, routed, staff, submitted, terms } from '../../test/facts';
import { withConflict } from '../../test/reform';
import { givenAt, id, specFor } from '../../test/spec';
import { Catalogue, checkNotReported, ReferenceMissing } from '../shared/catalogue';
import { routingFact } from '../shared/facts';
import { routingFold } from './evolve';
import { routingReaction } from './reactions';

const given = specFor(routingFold);
const catalogue = withConflict({ oversight: 'secretariat', secretariat: 'x-ombudsman', quality: 'oversight' });
const enters = (more: Parameters<typeof submitted>[0]) => (state: Parameters<typeof routingReaction>[0]) =>
  routingReaction(state, heard(submitted(more), id('foreign')), { ...givenAt(), catalogue });
const triage = (reason: 'suggests_outside' | 'reported_unit', suggestion?: { refer: string }) =>
  routingFact('CaseSentToTriage', { caseId, reason, suggestion });
const about = (reportedUnit: string, standard = 'UM-01') => ({ terms: terms(standard), reportedUnit });

describe('a complaint about those who watch over the others', () => {
  it('about the quality unit goes to the inspectorate', () => {
    given()
      .when(enters(about('upkp2')))
      .then(entered(about('upkp2')), routed('inspektorat', about('upkp2')));
  });
  it('about the inspectorate goes to the secretariat, which is above it and may work on it all the same', () => {
    const more = about('inspektorat');
    given().when(enters(more)).then(entered(more), routed('setda', more));
    expect(() => checkNotReported(catalogue, staff('secretary', 'setda'), 'inspektorat')).not.toThrow();
    expect(() => checkNotReported(catalogue, staff('inspector', 'inspektorat'), 'inspektorat')).toThrow('reported');
  });
  it('about the secretariat goes to no unit of the regency: triage, with the body outside as a suggestion', () => {
    const more = about('setda');
    given()
      .when(enters(more))
      .then(entered(more), triage('suggests_outside', { refer: 'x-ombudsman' }));
  });
  it('about any other unit goes where the policy says, or to a person', () => {
    given()
      .when(enters(about('dpupr')))
      .then(entered(about('dpupr')), routed('upkp2', about('dpupr')));
    const road = about('dpupr', 'PU-01');
    given().when(enters(road)).then(entered(road), triage('reported_unit'));
  });
  it('a levy report stays with those who may read it, unless it is about them', () => {
    const levy = (reportedUnit: string) => ({
      reportedUnit,
      terms: { ...terms('UM-01'), kind: 'levy' as const, owner: 'levy' },
    });
    given()
      .when(enters(levy('upkp2')))
      .then(entered(levy('upkp2')), routed('inspektorat', levy('upkp2')));
    given()
      .when(enters(levy('setda')))
      .then(entered(levy('setda')), routed('inspektorat', levy('setda')));
    given()
      .when(enters(levy('inspektorat')))
      .then(entered(levy('inspektorat')), routed('setda', levy('inspektorat')));
  });
});

describe('the first rule that fits', () => {
  const lamp = (road_class: string) => ({ terms: terms('HB-01'), attributes: { road_class } });
  it('asks for the standard and for what the citizen said', () => {
    const suggested = triage('suggests_outside', { refer: 'x-bptd' });
    given()
      .when(enters(lamp('national')))
      .then(entered(lamp('national')), suggested);
    given()
      .when(enters(lamp('regency')))
      .then(entered(lamp('regency')), routed('dishub', lamp('regency')));
    const road = { attributes: { road_class: 'national' } };
    given().when(enters(road)).then(entered(road), routed('dpupr', road));
  });
  it('asks for the kind, and may name a function that is not the owner', () => {
    const rules = [
      { when: { kind: 'levy' as const }, to: { function: 'triage' } },
      { when: { kind: 'complaint' as const }, to: { function: 'levy' } },
    ];
    const known = new Catalogue({ ...rows, policies: [{ ...policy, rules }] });
    given()
      .when((state, all) => routingReaction(state, heard(submitted()), { ...all, catalogue: known }))
      .then(entered(), routed('inspektorat'));
  });
  it('by area waits for an office that nobody has heard of, but not for a village where the place is a district', () => {
    const inArea = (area: string) => ({ ...familyCard, area });
    expect(() => enters(inArea('33.25.02.2001'))({ status: 'none' })).toThrow(ReferenceMissing);
    given()
      .when(enters(inArea('33.25.01')))
      .then(
        entered(inArea('33.25.01')),
        routingFact('CaseSentToTriage', { caseId, reason: 'no_area', suggestion: undefined }),
      );
  });
});
