import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';

/** A page that is shown once: what is on it is for paper and for nobody's screen. */
export class PrintJobs {
  constructor(private readonly pool: Pool) {}

  /** A secret that opens the page of a book once, within an hour of the machine's clock. A repetition makes another. */
  async create(book: string, createdBy: string): Promise<string> {
    const secret = randomBytes(24).toString('base64url');
    await this.pool.query('insert into intake.print_jobs (secret_hash, book, created_by) values ($1, $2, $3)', [
      hashOf(secret),
      book,
      createdBy,
    ]);
    return secret;
  }

  /** The book to print; undefined for a secret that is wrong, used or old. */
  async take(secret: string): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ book: string }>(
      `update intake.print_jobs set printed_at = clock_timestamp()
        where secret_hash = $1 and printed_at is null and created_at > clock_timestamp() - interval '1 hour'
        returning book`,
      [hashOf(secret)],
    );
    return rows[0]?.book;
  }
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
