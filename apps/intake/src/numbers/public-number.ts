import type { Pool } from 'pg';
import { characterOf, valuesOf } from './crockford';
import { checks, checkValue } from './check-character';
import { permute, unpermute } from './permutation';

const LENGTH = 8;

/** The public number of the n-th case: 8 characters and a check character. One series for all kinds of case. */
export function publicNumber(key: Buffer, n: bigint): string {
  const permuted = permute(key, n);
  const values = Array.from({ length: LENGTH }, (_, i) => Number((permuted >> BigInt(5 * (LENGTH - 1 - i))) & 31n));
  return [...values, checkValue(values)].map(characterOf).join('');
}

/** Which case of the series a number of ours was made for: the inverse of {@link publicNumber}. */
export function orderOf(key: Buffer, number: string): bigint {
  const values = valuesOf(number)?.slice(0, LENGTH) ?? [];
  return unpermute(
    key,
    values.reduce((sum, value) => (sum << 5n) | BigInt(value), 0n),
  );
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

  /** So many, in the order of the series, in one round trip. */
  async several(count: number): Promise<string[]> {
    const { rows } = await this.pool.query<{ n: string }>(
      `select nextval('intake.case_number')::text as n from generate_series(1, $1::int)`,
      [count],
    );
    return rows.map(({ n }) => publicNumber(this.key, BigInt(n)));
  }

  /** Numbers that are given already, by facts that came from elsewhere, are given no more. */
  async goPast(numbers: readonly string[]): Promise<void> {
    const last = numbers.map((number) => orderOf(this.key, number)).reduce((a, b) => (a > b ? a : b), -1n);
    if (last < 0n) return;
    const { rows } = await this.pool.query<{ n: string }>(`select nextval('intake.case_number')::text as n`);
    const behind = last - BigInt(rows[0]?.n ?? '0');
    if (behind <= 0n) return;
    await this.pool.query(`select count(nextval('intake.case_number')) from generate_series(1, $1::bigint)`, [behind]);
  }
}
