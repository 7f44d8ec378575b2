import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';

export interface TableDigest {
  readonly rows: number;
  /** SHA-256 over the MD5 of every row, in the order of these: the same rows in any order of storage give the same. */
  readonly digest: string;
}

/** How far long work is that is done page by page, and whether it should go on. */
export interface Pages {
  /** Rows done, of all rows. */
  readonly report?: (done: number, of: number) => void;
  readonly signal?: AbortSignal;
  readonly pageSize?: number;
}

export async function countRows(client: PoolClient, table: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return rows[0]?.n ?? 0;
}

/**
 * Page by page through a cursor of the caller's transaction, whose snapshot decides what is seen: at no time is more than
 * a page of it in memory here, and no statement lasts longer than a page or the sort before the first.
 */
export async function digestTable(
  client: PoolClient,
  table: string,
  { signal, pageSize = 10_000, onPage }: Pages & { readonly onPage: (rows: number) => void },
): Promise<TableDigest> {
  const hash = createHash('sha256');
  let count = 0;
  await client.query(`declare digest_rows no scroll cursor for select md5(t::text) as row from ${table} t order by 1`);
  for (;;) {
    signal?.throwIfAborted();
    const { rows } = await client.query<{ row: string }>(`fetch ${Math.trunc(pageSize)} from digest_rows`);
    for (const { row } of rows) hash.update(row);
    count += rows.length;
    onPage(rows.length);
    if (rows.length < pageSize) break;
  }
  await client.query('close digest_rows');
  return { rows: count, digest: hash.digest('hex') };
}
