import { citizen, desk, familyCard, importer, staff, submission, submit, submitted, terms } from '../../test/facts';
import { givenAt, specFor } from '../../test/spec';
import { intakeFold } from './evolve';
import { checkSubmission, submitCase } from './submit';

const given = specFor(intakeFold);
const submitting =
  (...args: Parameters<typeof submit>): Parameters<ReturnType<typeof given>['when']>[0] =>
  (state, all) =>
    submitCase(state, submit(...args), all);

describe('handing in', () => {
  const clerk = staff('village-officer', 'desa-a');
  it('pins the terms of today', () =>
    given()
      .when(submitting())
      .then(submitted({ objectPlace: submission().objectPlace })));
  it('at the desk it is served where the citizen stands', () => {
    const card = { standard: 'DK-01', content: 'private' as const, objectPlace: {} };
    given()
      .when(submitting(card, { actor: clerk, channel: 'desk', tellBy: 'file' }))
      .then(submitted({ ...familyCard, filedBy: desk, channel: 'desk', tellBy: 'file' }));
  });
  it('with papers only at a desk', () => {
    const card = { standard: 'DK-01', content: 'private' as const, objectPlace: {}, area: '33.25.01.2001' };
    const papers = ['old KK'];
    given()
      .when(submitting(card, { actor: clerk, channel: 'desk', papers }))
      .then(submitted({ ...familyCard, filedBy: desk, channel: 'desk', papers }));
    for (const actor of [citizen, importer])
      given().when(submitting(card, { actor, papers })).thenRefused('PAPERS_NEED_A_DESK');
  });
  it('the importer says when it was received; nobody else does', () => {
    const when = '2026-01-05T01:00:00.000Z';
    const imported = { actor: importer, channel: 'import' as const, receivedAt: when, occurredAt: when };
    given()
      .when(submitting({ identity: 'none', person: undefined }, imported))
      .then(
        submitted({
          receivedAt: when,
          channel: 'import',
          identity: 'none',
          filedBy: { by: 'program', program: 'import' },
        }),
      );
    given()
      .when(submitting({}, { receivedAt: when }))
      .thenRefused('OCCURRED_AT_NOT_ALLOWED');
    given()
      .when(submitting({}, { actor: clerk, occurredAt: when }))
      .thenRefused('OCCURRED_AT_NOT_ALLOWED');
  });
  it('also where the promise, or the day itself, lies beyond the last day of the calendar: it is provisional', () => {
    for (const receivedAt of ['2026-12-20T03:00:00.000Z', '2027-02-01T03:00:00.000Z'])
      given()
        .when(submitting(), receivedAt)
        .then(submitted({ objectPlace: submission().objectPlace, receivedAt }));
  });
  it('once', () => given(submitted()).when(submitting()).thenRefused('CASE_EXISTS'));
  it.each([
    ['STANDARD_UNKNOWN', { standard: 'XX-99' }, {}],
    ['STANDARD_NOT_PUBLISHED', { standard: 'KC-09' }, {}],
    ['ENTRY_NOT_ALLOWED', { standard: 'UM-01' }, { actor: clerk }],
    ['UNIT_UNKNOWN', {}, { actor: staff('x', 'nowhere') }],
    ['IDENTITY_NOT_ALLOWED', { standard: 'DK-01', identity: 'none' as const }, {}],
    ['CONTENT_NOT_ALLOWED', { standard: 'DK-01' }, {}],
    ['DESK_NEEDS_NAMED', { identity: 'none' as const }, { actor: clerk }],
    ['PERSON_MISSING', { person: undefined }, {}],
    ['PERSON_MISSING', { identity: 'withheld' as const, person: undefined }, {}],
    ['ATTRIBUTE_MISSING', { standard: 'HB-01' }, {}],
    ['ATTRIBUTE_MISSING', { standard: 'HB-01', attributes: { road_class: '' } }, {}],
    ['ATTRIBUTE_UNKNOWN', { attributes: { colour: 'red' } }, {}],
    ['ATTRIBUTE_INVALID', { attributes: { size: 'huge' } }, {}],
    ['ATTRIBUTE_INVALID', { attributes: { size: ['large'] } }, {}],
    ['ATTRIBUTE_INVALID', { standard: 'HB-01', attributes: { road_class: 'village', customer_number: 'x' } }, {}],
    ['ATTRIBUTE_INVALID', { standard: 'UM-01', attributes: { reported_unit: 'nowhere' } }, {}],
    ['PLACE_MISSING', { objectPlace: {} }, {}],
    ['PLACE_MISSING', { objectPlace: { lat: -6.9 } }, {}],
    ['PLACE_MISSING', { objectPlace: { long: 109.7 } }, {}],
    ['AREA_UNKNOWN', { area: '33.25.99' }, {}],
    ['AREA_UNKNOWN', { objectPlace: { areaCode: '33.25.01.2999' } }, {}],
    ['RECEIVED_IN_FUTURE', {}, { actor: importer, receivedAt: '2026-02-03T01:00:00.000Z' }],
    ['CALENDAR_ENDS', {}, { actor: importer, receivedAt: '2025-12-01T01:00:00.000Z' }],
  ])('%s', (code, more, command) => given().when(submitting(more, command)).thenRefused(code));
  it.each([
    ['words about the place are a place too', { objectPlace: {}, addressString: 'by the well' }],
    ['so is the area in which it lies', { objectPlace: { areaCode: '33.25.01.2001' } }],
    ['whoever gives no name need not say who he is', { identity: 'none' as const, person: undefined }],
  ])('%s', (_, more) =>
    expect(() => checkSubmission({ actor: citizen, submission: submission(more) }, givenAt())).not.toThrow(),
  );
  it('about a unit of ours, where the standard asks which; an empty answer is none', () => {
    const about = (reported_unit: string) => submitting({ standard: 'UM-01', attributes: { reported_unit } });
    const asked = { terms: terms('UM-01'), objectPlace: submission().objectPlace };
    given()
      .when(about('kec-01'))
      .then(submitted({ ...asked, attributes: { reported_unit: 'kec-01' }, reportedUnit: 'kec-01' }));
    given()
      .when(about(''))
      .then(submitted({ ...asked, attributes: { reported_unit: '' } }));
  });
});
