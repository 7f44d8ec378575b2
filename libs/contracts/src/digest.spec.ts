import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from './canonical-json';
import { digestOf } from './digest';

const row = (caseId: string, state: JsonValue) => ({ caseId, version: 1, state });
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
    const hash = createHash('sha256').update(canonicalJson(sealed)).digest('hex');
    const similar = { subject: 's', enc: 'e' };
    expect(digestOf([row('a', { a: [sealed], b: similar })])).toBe(
      digestOf([row('a', { a: [{ sealed: hash }], b: similar })]),
    );
    expect(digestOf([row('a', sealed)])).not.toBe(digestOf([row('a', { ...sealed, ct: 'd' })]));
  });
});
