import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { usualFolder } from './folders';
import { freePorts } from './ports';
import { outsideFolderName } from './postgres-place';
import { clearLeftOver } from './run-file';
import { startServers } from './servers';
import type { Servers } from './servers';

export interface TestServers {
  /** What a spec needs to find them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Stops them and removes all they wrote. */
  remove(): Promise<void>;
}

const prefix = 'test-';

/** A pair of servers for tests: ports asked of the system, data of their own. */
export async function startTestServers(say: (line: string) => void): Promise<TestServers> {
  await removeLeftOvers(say);
  const folder = join(usualFolder, `${prefix}${randomBytes(4).toString('hex')}`);
  const servers = await startServers({ folder, ports: await freePorts(), say });
  return {
    environment: environmentOf(servers),
    folder,
    remove: async () => {
      await servers.stop();
      removeInstance(folder);
    },
  };
}

function environmentOf({ adminUrl, brokers, secrets }: Servers): Record<string, string> {
  return {
    GARDA_TEST_PG: adminUrl,
    GARDA_TEST_KAFKA: brokers,
    GARDA_TEST_KAFKA_USER: 'admin',
    GARDA_TEST_KAFKA_PASSWORD: secrets.kafka.admin,
    GARDA_TEST_KAFKA_SECRETS: JSON.stringify(secrets.kafka),
  };
}

/** Removes everything an instance wrote. Its processes must have been stopped. */
export function removeInstance(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  rmSync(outsideFolderName(folder), { recursive: true, force: true });
}

/** Test runs that were killed left servers and data behind: those whose starter is gone are ended and removed. */
async function removeLeftOvers(say: (line: string) => void): Promise<void> {
  const folders = existsSync(usualFolder) ? readdirSync(usualFolder).filter((name) => name.startsWith(prefix)) : [];
  for (const folder of folders.map((name) => join(usualFolder, name))) {
    try {
      await clearLeftOver(join(folder, 'run.json'), say);
      removeInstance(folder);
    } catch {
      // Its starter is alive: another test run beside this one.
    }
  }
}
