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
    await this.store({ id, name, key, createdBy });
    return { id, name, key };
  }

  /** A key that is known beforehand, for demo and tests; registering it twice is registering it once. */
  async register(name: string, key: string): Promise<void> {
    await this.store({ id: newEventId(), name, key, createdBy: 'configuration' });
  }

  async find(key: string): Promise<ApiKey | undefined> {
    const { rows } = await this.pool.query<ApiKey>(
      'select id, name from intake.api_keys where key_hash = $1 and revoked_at is null',
      [hashOf(key)],
    );
    return rows[0];
  }

  private async store(row: NewApiKey & { createdBy: string }): Promise<void> {
    await this.pool.query(
      `insert into intake.api_keys (id, name, key_hash, created_by) values ($1, $2, $3, $4) on conflict (key_hash) do nothing`,
      [row.id, row.name, hashOf(row.key), row.createdBy],
    );
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
