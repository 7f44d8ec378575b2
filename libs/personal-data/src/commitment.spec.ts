import { createHash } from 'node:crypto';
import { commitTo, proves } from './commitment';

describe('a commitment to content', () => {
  const content = { b: 1, a: 'lamp' };

  it('proves the content it was made for, whatever the order of its fields', () => {
    expect(proves({ a: 'lamp', b: 1 }, commitTo(content))).toBe(true);
  });

  it('proves no other content, no other salt and no garbage', () => {
    const made = commitTo(content);
    expect(proves({ ...content, b: 2 }, made)).toBe(false);
    expect(proves(content, { ...made, salt: commitTo(content).salt })).toBe(false);
    expect(proves(content, { ...made, contentCommitment: 'x' })).toBe(false);
  });

  it('is SHA-256 over 16 bytes of salt and the canonical text, so that anybody can check it', () => {
    const made = commitTo(content);
    const salt = Buffer.from(made.salt, 'base64url');
    expect(salt).toHaveLength(16);
    const byHand = createHash('sha256')
      .update(Buffer.concat([salt, Buffer.from('{"a":"lamp","b":1}')]))
      .digest('base64url');
    expect(made.contentCommitment).toBe(byHand);
  });
});
