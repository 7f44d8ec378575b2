import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const format = 1;
const nonceLength = 12;
const tagLength = 16;

/**
 * Keeps private keys unreadable in a copy of the database: AES-256-GCM under the master key, which lives in the
 * environment only. `boundTo` makes a row worthless when it is moved under another subject.
 */
export class MasterKey {
  private readonly key: Buffer;

  /** @param secret 32 bytes, base64url or base64. */
  constructor(secret: string) {
    this.key = Buffer.from(secret, 'base64url');
    if (this.key.length !== 32) throw new Error(`The master key must have 32 bytes; this one has ${this.key.length}`);
  }

  wrap(secret: Buffer, boundTo: string): Buffer {
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(boundTo, 'utf8'));
    const body = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([Buffer.from([format]), nonce, cipher.getAuthTag(), body]);
  }

  /** Throws when the key, the row or the subject is another one. */
  unwrap(wrapped: Buffer, boundTo: string): Buffer {
    if (wrapped[0] !== format) throw new Error(`A key wrapped in format ${wrapped[0]} cannot be read by this version`);
    const bodyAt = 1 + nonceLength + tagLength;
    const decipher = createDecipheriv('aes-256-gcm', this.key, wrapped.subarray(1, 1 + nonceLength))
      .setAAD(Buffer.from(boundTo, 'utf8'))
      .setAuthTag(wrapped.subarray(1 + nonceLength, bodyAt));
    return Buffer.concat([decipher.update(wrapped.subarray(bodyAt)), decipher.final()]);
  }
}
