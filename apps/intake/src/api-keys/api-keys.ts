import { createHash, randomBytes } from 'node:crypto';
import { newEventId } from '@garda/event-store';
import type { Pool } from 'pg';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
}
export interface NewApiKey extends ApiKey {
  /** Shown now and never again. */
  readonly key: string;
}

/**
 * Keys of Open311 clients. 256 random bits need no slow hash: nobody guesses them, and the table gives none away.
 */
export class ApiKeys {
  constructor(private readonly pool: Pool) {}

  async create(name: string, createdBy: string): Promise<NewApiKey> {
    const key = randomBytes(32).toString('base64url');
    const id = newEventId();
    await this.pool.query('insert into intake.api_keys (id, name, key_hash, created_by) values ($1, $2, $3, $4)', [
      id,
      name,
      hashOf(key),
      createdBy,
    ]);
    return { id, name, key };
  }

  async find(key: string): Promise<ApiKey | undefined> {
    const { rows } = await this.pool.query<ApiKey>(
      'select id, name from intake.api_keys where key_hash = $1 and revoked_at is null',
      [hashOf(key)],
    );
    return rows[0];
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
