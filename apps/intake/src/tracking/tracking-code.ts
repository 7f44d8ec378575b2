import { createHmac, timingSafeEqual } from 'node:crypto';

const DIGITS = 16;
/** For how long a repeated submit shows the code again (case clock). Later it is nobody's to tell. */
export const SHOWN_AGAIN_FOR_MS = 24 * 60 * 60 * 1000;

/**
 * The code that lets a citizen come back. Derived from the command, so that a lost answer can be repeated without
 * storing it; kept only as a keyed hash bound to the case, so that neither log nor topic gives it away.
 */
export class TrackingCodes {
  private readonly key: Buffer;

  constructor(key: string) {
    this.key = Buffer.from(key, 'base64url');
    if (this.key.length < 32) throw new Error('GARDA_CODE_KEY needs 32 bytes');
  }

  /** 16 digits in groups of four. */
  derive(commandId: string): string {
    const digest = this.mac('code', commandId).subarray(0, 16).toString('hex');
    const digits = (BigInt(`0x${digest}`) % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, '0');
    return digits.replace(/(\d{4})(?=\d)/g, '$1-');
  }

  hash(caseId: string, code: string): string {
    return this.mac('hash', `${caseId}/${digitsOf(code)}`).toString('hex');
  }

  /** In constant time, and the same work where no code was ever given. */
  matches(caseId: string, code: string, codeHash: string | undefined): boolean {
    const given = Buffer.from(this.hash(caseId, code), 'hex');
    const kept = Buffer.from(codeHash ?? '', 'hex');
    const comparable = kept.length === given.length ? kept : Buffer.alloc(given.length);
    return timingSafeEqual(given, comparable) && kept.length === given.length;
  }

  private mac(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.key).update(`${purpose}:${text}`).digest();
  }
}

/** What a person typed, without hyphens and blanks. */
function digitsOf(code: string): string {
  return code.replace(/[\s-]/g, '');
}

/** True for what could be a code at all: 16 digits, in whatever groups. */
export function looksLikeCode(code: string): boolean {
  return code.length <= 40 && /^\d{16}$/.test(digitsOf(code));
}
