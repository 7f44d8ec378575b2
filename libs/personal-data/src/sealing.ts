import { randomUUID } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { canonicalJson, type JsonValue, type Sealed, type SealTo } from '@garda/contracts';

/** What is sealed is always an object with names, so that a later field needs no new format. */
export type Plaintext = { readonly [field: string]: JsonValue };

/** The one place a sealed object belongs to. Moved anywhere else, it does not open. */
export interface Place {
  readonly caseId: string;
  readonly subject: string;
  readonly eventId: string;
}

/** Both halves of a subject's key pair, base64url of 32 bytes each. */
export interface SubjectKeys extends SealTo {
  readonly privateKey: string;
}

/** The sealed object is damaged, belongs to another case, subject or event, or the key is not the subject's. */
export class OpenError extends Error {
  override readonly name = 'OpenError';
  readonly code = 'SEALED_NOT_OPENED';
}

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
/** Part of the format: another version of it opens nothing of this one. */
const info = bytesOf('garda sealed object, version 1');
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A new subject with a key pair of its own. Only the vault may keep `privateKey`. */
export async function newSubjectKeys(): Promise<SubjectKeys> {
  const pair = await suite.kem.generateKeyPair();
  return {
    subject: randomUUID(),
    publicKey: base64url(await suite.kem.serializePublicKey(pair.publicKey)),
    privateKey: base64url(await suite.kem.serializePrivateKey(pair.privateKey)),
  };
}

/**
 * Seals to a subject (RFC 9180, base mode: the sealer cannot read what he sealed).
 * Every context may call it with the public key that `CaseSubmitted.sealTo` carries.
 */
export async function seal(to: Place & { readonly publicKey: string }, plaintext: Plaintext): Promise<Sealed> {
  const aad = boundTo(to);
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64url(to.publicKey));
  const sealed = await suite.seal({ recipientPublicKey, info }, bytesOf(canonicalJson(plaintext)), aad);
  return { subject: to.subject, enc: base64url(sealed.enc), ct: base64url(sealed.ct) };
}

/** Opens what `seal` made for exactly this place; everything else is an {@link OpenError}. */
export async function open(place: Omit<Place, 'subject'>, sealed: Sealed, privateKey: string): Promise<Plaintext> {
  const aad = boundTo({ ...place, subject: sealed.subject });
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(fromBase64url(privateKey));
    const opened = await suite.open(
      { recipientKey, info, enc: fromBase64url(sealed.enc) },
      fromBase64url(sealed.ct),
      aad,
    );
    return JSON.parse(new TextDecoder().decode(opened)) as Plaintext;
  } catch (cause) {
    throw new OpenError(`the object sealed to ${sealed.subject} does not open here`, { cause });
  }
}

/** Ids of fixed form and length, so that no two places share one text. */
function boundTo(place: Place): ArrayBuffer {
  const ids = [place.caseId, place.subject, place.eventId].map((id) => id.toLowerCase());
  const wrong = ids.find((id) => !uuid.test(id));
  if (wrong !== undefined) throw new OpenError(`"${wrong}" is no UUID: nothing can be bound to it`);
  return bytesOf(ids.join('/'));
}

function bytesOf(text: string): ArrayBuffer {
  return exact(Buffer.from(text, 'utf8'));
}
function fromBase64url(text: string): ArrayBuffer {
  return exact(Buffer.from(text, 'base64url'));
}
function base64url(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString('base64url');
}
/** Small Buffers share one pool: their `buffer` is larger than they are. */
function exact(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
