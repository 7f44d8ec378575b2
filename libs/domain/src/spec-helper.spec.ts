import { caseId, entered, routed } from '../test/facts';
import { specFor } from '../test/spec';
import { routingFold } from './routing/evolve';
import { routingFact } from './shared/facts';

const given = specFor(routingFold);
const released = routingFact('CaseReleased', { caseId, reason: 'silence' });

/** A helper that cannot fail proves nothing. */
describe('the spec helper fails', () => {
  it('for other facts, another order, more facts, or none', () => {
    const both = given(entered()).when(() => [released, routed()]);
    expect(() => both.then(released)).toThrow();
    expect(() => both.then(routed(), released)).toThrow();
    expect(() => both.thenNothing()).toThrow();
    both.then(released, routed());
  });
  it('for a refusal that did not come, another code, or a fault that is no refusal', () => {
    expect(() =>
      given()
        .when(() => [])
        .thenRefused('CASE_NOT_OPEN'),
    ).toThrow();
    const fault = given().when(() => {
      throw new TypeError('a fault');
    });
    expect(() => fault.thenRefused('CASE_NOT_OPEN')).toThrow('a fault');
    expect(() => fault.then()).toThrow('a fault');
  });
});
