import type { Pool } from 'pg';
import { characterOf, valuesOf } from './crockford';
import { checks, checkValue } from './check-character';
import { permute } from './permutation';

const LENGTH = 8;

/** The public number of the n-th case: 8 characters and a check character. One series for all kinds of case. */
export function publicNumber(key: Buffer, n: bigint): string {
  const permuted = permute(key, n);
  const values = Array.from({ length: LENGTH }, (_, i) => Number((permuted >> BigInt(5 * (LENGTH - 1 - i))) & 31n));
  return [...values, checkValue(values)].map(characterOf).join('');
}

/** The number as it is stored, from what a person typed; undefined when it is none (a slip of the pen mostly). */
export function parsePublicNumber(typed: string): string | undefined {
  if (typed.length > 40) return undefined;
  const values = valuesOf(typed);
  if (values?.length !== LENGTH + 1 || !checks(values)) return undefined;
  return values.map(characterOf).join('');
}

/** Hands out the public numbers of this deployment. A number that no case used is lost, which nobody can see. */
export class PublicNumbers {
  private readonly key: Buffer;

  constructor(
    private readonly pool: Pool,
    key: string,
  ) {
    this.key = Buffer.from(key, 'base64url');
    if (this.key.length < 32) throw new Error('GARDA_NUMBER_KEY needs 32 bytes');
  }

  async next(): Promise<string> {
    const { rows } = await this.pool.query<{ n: string }>(`select nextval('intake.case_number')::text as n`);
    return publicNumber(this.key, BigInt(rows[0]?.n ?? '0'));
  }
}
