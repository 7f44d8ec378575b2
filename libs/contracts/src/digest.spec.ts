import { digestOf, withoutSealed } from './digest';

const row = (caseId: string, state: Parameters<typeof withoutSealed>[0]) => ({ caseId, version: 1, state });
const sealed = { subject: 's', enc: 'e', ct: 'c' };

describe('the digest of states', () => {
  it('does not depend on the order of rows or of fields', () => {
    const one = digestOf([row('a', { x: 1, y: [2] }), row('b', null)]);
    expect(digestOf([row('b', null), row('a', { y: [2], x: 1 })])).toBe(one);
  });

  it('differs when one field, one version or one row differs', () => {
    const all = [
      digestOf([row('a', { x: 1 })]),
      digestOf([row('a', { x: 2 })]),
      digestOf([{ ...row('a', { x: 1 }), version: 2 }]),
      digestOf([row('a', { x: 1 }), row('b', { x: 1 })]),
      digestOf([]),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('counts a sealed object by its hash, wherever it stands', () => {
    expect(withoutSealed({ a: [sealed], b: { subject: 's', enc: 'e' } })).toEqual({
      a: [{ sealed: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      b: { subject: 's', enc: 'e' },
    });
    expect(digestOf([row('a', sealed)])).not.toBe(digestOf([row('a', { ...sealed, ct: 'd' })]));
  });
});
