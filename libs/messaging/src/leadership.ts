import { Client, type Pool } from 'pg';
import type { Logger } from './logger';

/** The job of carrying a log into this topic. */
export const relayJob = (topic: string): string => `garda.relay/${topic}`;

const lockOf = 'hashtextextended($1, 0)';

/** Nobody does this job at the moment, in whatever process. */
export async function nobodyLeads(pool: Pool, job: string): Promise<boolean> {
  const { rows } = await pool.query<{ free: boolean }>(`select pg_try_advisory_xact_lock(${lockOf}) as free`, [job]);
  return rows[0]?.free === true;
}

/**
 * Who of several replicas does a job: the one whose session holds an advisory lock, on a connection of its own.
 * It saves double work and nothing rests on it: a member that wrongly thinks it leads does no harm.
 *
 *   standby ──lock free──▶ leading ──connection lost──▶ standby ──release()──▶ standby, lock given back
 */
export class Leadership {
  private client: Client | undefined;
  private leading = false;

  constructor(
    private readonly pool: Pool,
    private readonly name: string,
    private readonly log: Logger,
  ) {}

  get isLeader(): boolean {
    return this.leading;
  }

  /** Takes the lock if it is free. */
  async tryLead(): Promise<boolean> {
    if (this.leading) return true;
    const client = this.client ?? (await this.connect());
    const { rows } = await client.query<{ locked: boolean }>(`select pg_try_advisory_lock(${lockOf}) as locked`, [
      this.name,
    ]);
    this.leading = rows[0]?.locked === true && this.client === client;
    if (this.leading) this.log.info({ job: this.name }, 'leading');
    return this.leading;
  }

  /** The session ends, and the lock with it. */
  async release(): Promise<void> {
    const client = this.client;
    this.forget(client);
    await client?.end();
  }

  private async connect(): Promise<Client> {
    const client = new Client(this.pool.options);
    client.on('error', (error) => {
      this.log.warn({ job: this.name, error: error.name }, 'lost the connection that holds the lead');
      this.forget(client);
    });
    client.on('end', () => this.forget(client));
    await client.connect();
    this.client = client;
    return client;
  }

  private forget(client: Client | undefined): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.leading = false;
  }
}
