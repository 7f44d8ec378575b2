import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '@garda/contracts';

/** The commitment stands in the log for ever; the salt is sealed to the applicant and stands on his receipt. */
export interface Commitment {
  readonly contentCommitment: string;
  readonly salt: string;
}

/**
 * SHA-256(16-byte salt ‖ canonical JSON of the content), both base64url. Shows later what was handed in;
 * without the salt it says nothing, so nobody can guess the content from the log.
 */
export function commitTo(content: unknown): Commitment {
  const salt = randomBytes(16);
  return { contentCommitment: digest(salt, content).toString('base64url'), salt: salt.toString('base64url') };
}

/** True only when exactly this content was committed to with this salt. */
export function proves(content: unknown, { contentCommitment, salt }: Commitment): boolean {
  const expected = Buffer.from(contentCommitment, 'base64url');
  const actual = digest(Buffer.from(salt, 'base64url'), content);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function digest(salt: Buffer, content: unknown): Buffer {
  return createHash('sha256').update(salt).update(canonicalJson(content), 'utf8').digest();
}
