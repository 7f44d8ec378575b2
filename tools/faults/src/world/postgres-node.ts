import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres, type Child, type RunFile } from '@garda/servers';
import { Client } from 'pg';
import type { DatabaseName } from './services';

export interface PostgresNodeOptions {
  /** Its data lies below. */
  readonly folder: string;
  readonly port: number;
  readonly password: string;
  readonly runFile: RunFile;
}

/** The database server of a world, to be stopped in all the ways there are. */
export class PostgresNode {
  private child: Child | undefined;
  private superuser = '';

  constructor(private readonly options: PostgresNodeOptions) {}

  async start(): Promise<void> {
    const { folder, port, password, runFile } = this.options;
    runFile.forget('postgres');
    const onSpawn = (child: Child) => runFile.add('postgres', child, [port]);
    const { child, adminUrl } = await startPostgres({ folder, port, password, onSpawn });
    this.child = child;
    this.superuser = adminUrl;
  }

  /** SIGINT: fast; SIGQUIT: immediate, as after a power cut; SIGKILL. */
  async stop(how: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void> {
    await this.process.stop(15_000, how);
  }

  get process(): Child {
    if (this.child === undefined) throw new Error('PostgreSQL was not started');
    return this.child;
  }

  get adminUrl(): string {
    return this.superuser;
  }

  urlOf(database: DatabaseName): string {
    const url = new URL(this.superuser);
    url.pathname = `/${database}`;
    return url.href;
  }

  /** One question to the server itself, past every proxy. */
  async ask<Row extends object>(database: DatabaseName, sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.session(database, async (client) => (await client.query<Row>(sql, values)).rows);
  }

  async session<T>(database: DatabaseName, work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: this.urlOf(database) });
    client.on('error', () => undefined); // the question in hand fails too
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** What its log says since a mark. */
  log(from = 0): string {
    return readFileSync(join(this.options.folder, 'logs', 'postgres.log'), 'utf8').slice(from);
  }
}
