import { createHash, createHmac } from 'node:crypto';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { testPostgres } from './servers-env';

/**
 * What the databases of tests need of the server. All processes of one test run share its templates; every database
 * carries in its comment the process it belongs to, so that a later run can drop what a killed one left behind.
 */
export async function asSuperuser<T>(work: (server: Client) => Promise<T>): Promise<T> {
  const server = new Client({ connectionString: testPostgres() });
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

/** Every process of a run must know a role's password: it follows from the superuser's. */
function passwordOf(role: string): string {
  return createHmac('sha256', new URL(testPostgres()).password).update(role).digest('hex').slice(0, 32);
}

export function urlOf(database: string, role: string): string {
  const { host } = new URL(testPostgres());
  return `postgres://${role}:${passwordOf(role)}@${host}/${database}`;
}

/** The application role gets the limits it has in a real system. */
export async function makeRole(server: Client, role: string, limits: boolean): Promise<void> {
  await locked(server, 'roles', async () => {
    const found = await server.query('select 1 from pg_roles where rolname = $1', [role]);
    const verb = found.rowCount === 0 ? 'create' : 'alter';
    await server.query(`${verb} role ${escapeIdentifier(role)} login password ${escapeLiteral(passwordOf(role))}`);
    for (const setting of limits ? [`lock_timeout = '2s'`, `statement_timeout = '5s'`] : []) {
      await server.query(`alter role ${escapeIdentifier(role)} set ${setting}`);
    }
  });
}

export async function createEmpty(server: Client, name: string, owner: string): Promise<void> {
  await create(server, name, `owner ${escapeIdentifier(owner)}`);
}

export async function drop(server: Client, name: string): Promise<void> {
  await server.query(`drop database if exists ${escapeIdentifier(name)} with (force)`);
}

/** A copy of a database under another name. Whoever is connected to it is cut off, and kept out until it is made. */
export async function copyDatabase(server: Client, from: string, to: string, owner: string): Promise<void> {
  const open = (may: boolean) =>
    server.query(`alter database ${escapeIdentifier(from)} with allow_connections ${String(may)}`);
  await open(false);
  try {
    await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [from]);
    await drop(server, to);
    await create(server, to, `owner ${escapeIdentifier(owner)} template ${escapeIdentifier(from)}`);
  } finally {
    await open(true);
  }
}

/** Copies the template of this key under a new name; the first caller of a run makes it. */
export async function templateFor(
  key: readonly string[],
  owner: string,
  setUp: (fresh: string) => Promise<void>,
  name: string,
): Promise<void> {
  const hash = createHash('sha256').update(JSON.stringify([...key, runProcess()]));
  const template = `garda_test_template_${hash.digest('hex').slice(0, 16)}`;
  await asSuperuser(async (server) => {
    await locked(server, template, async () => {
      const found = await server.query('select 1 from pg_database where datname = $1', [template]);
      if (found.rowCount === 0) {
        await dropLeftOvers(server);
        await makeTemplate(server, template, owner, setUp);
      }
    });
    await create(server, name, `owner ${escapeIdentifier(owner)} template ${escapeIdentifier(template)}`);
  });
}

/** Set up under another name and then renamed, so that a set-up that fails leaves no half template. */
async function makeTemplate(
  server: Client,
  template: string,
  owner: string,
  setUp: (fresh: string) => Promise<void>,
): Promise<void> {
  const draft = `${template}_draft`;
  await drop(server, draft);
  await createEmpty(server, draft, owner);
  await setUp(draft);
  await whenNotInUse(() =>
    server.query(`alter database ${escapeIdentifier(draft)} rename to ${escapeIdentifier(template)}`),
  );
}

async function create(server: Client, name: string, how: string): Promise<void> {
  await whenNotInUse(() => server.query(`create database ${escapeIdentifier(name)} ${how}`));
  await server.query(`comment on database ${escapeIdentifier(name)} is ${escapeLiteral(String(runProcess()))}`);
}

/** A closed connection lives on at the server for some milliseconds; until then its database counts as in use. */
async function whenNotInUse(statement: () => Promise<unknown>, tries = 100): Promise<void> {
  try {
    await statement();
  } catch (error) {
    if ((error as { code?: string }).code !== '55006' || tries === 1) {
      throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    await whenNotInUse(statement, tries - 1);
  }
}

async function dropLeftOvers(server: Client): Promise<void> {
  const found = await server.query<{ name: string; process: string | null }>(
    `select datname as name, shobj_description(oid, 'pg_database') as process
       from pg_database where datname like 'garda\\_test\\_%'`,
  );
  for (const { name, process: pid } of found.rows) {
    if (pid !== null && !exists(Number(pid))) {
      await drop(server, name);
    }
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The process that is the same for the whole run: jest itself, which is our parent when we are one of its workers. */
function runProcess(): number {
  return process.send === undefined ? process.pid : process.ppid;
}

/** One process at a time, by a lock that ends with the connection at the latest. */
async function locked(server: Client, what: string, work: () => Promise<void>): Promise<void> {
  await server.query('select pg_advisory_lock(hashtextextended($1, 0))', [what]);
  try {
    await work();
  } finally {
    await server.query('select pg_advisory_unlock(hashtextextended($1, 0))', [what]);
  }
}
