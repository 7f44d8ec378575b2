import { newSubjectKeys, open, OpenError, seal, type SubjectKeys } from './sealing';

const caseId = '0197a000-0000-7000-8000-000000000001';
const eventId = '0197a000-0000-7000-8000-0000000000e1';
const plaintext = { name: 'Siti', phone: '081', tags: ['a', 'b'] };

describe('a sealed object', () => {
  let keys: SubjectKeys;
  const sealed = () => seal({ caseId, eventId, subject: keys.subject, publicKey: keys.publicKey }, plaintext);
  beforeAll(async () => {
    keys = await newSubjectKeys();
  });

  it('opens with the private key of its subject', async () => {
    expect(await open({ caseId, eventId }, await sealed(), keys.privateKey)).toEqual(plaintext);
  });

  it('shows nothing of its content and never looks the same twice', async () => {
    const [first, second] = [await sealed(), await sealed()];
    expect(first).toEqual({ subject: keys.subject, enc: expect.any(String), ct: expect.any(String) });
    expect(first.ct).not.toEqual(second.ct);
    expect(Buffer.from(first.ct, 'base64url').toString('latin1')).not.toContain('Siti');
  });

  it.each([
    ['case', { caseId: eventId, eventId }],
    ['event', { caseId, eventId: caseId }],
  ])('does not open as part of another %s', async (_, place) => {
    await expect(open(place, await sealed(), keys.privateKey)).rejects.toBeInstanceOf(OpenError);
  });

  it('does not open under another subject, with another key, or when it was changed', async () => {
    const one = await sealed();
    const other = await newSubjectKeys();
    const place = { caseId, eventId };
    await expect(open(place, { ...one, subject: other.subject }, keys.privateKey)).rejects.toBeInstanceOf(OpenError);
    await expect(open(place, one, other.privateKey)).rejects.toBeInstanceOf(OpenError);
    const flipped = (one.ct.startsWith('A') ? 'B' : 'A') + one.ct.slice(1);
    await expect(open(place, { ...one, ct: flipped }, keys.privateKey)).rejects.toBeInstanceOf(OpenError);
    await expect(open(place, { ...one, enc: 'AAAA' }, keys.privateKey)).rejects.toBeInstanceOf(OpenError);
  });

  it('is bound to ids only, whatever their case, so that two places never share one text', async () => {
    const upper = await seal({ caseId: caseId.toUpperCase(), eventId, ...keys }, plaintext);
    expect(await open({ caseId, eventId }, upper, keys.privateKey)).toEqual(plaintext);
    await expect(seal({ caseId: 'case/1', eventId, ...keys }, plaintext)).rejects.toBeInstanceOf(OpenError);
  });

  it('fits the contract: 32 bytes of encapsulated key, 16 bytes more than its text', async () => {
    const one = await sealed();
    expect(Buffer.from(one.enc, 'base64url')).toHaveLength(32);
    expect(Buffer.from(one.ct, 'base64url')).toHaveLength(JSON.stringify(plaintext).length + 16);
    expect(Buffer.from(keys.publicKey, 'base64url')).toHaveLength(32);
  });
});
