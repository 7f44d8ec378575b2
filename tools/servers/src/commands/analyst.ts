import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { plainEnvironment } from '../child';
import { existingServers } from '../connections';
import { checkout, usualFolder } from '../folders';
import { runningInstance } from '../run-file';
import { loadSecrets } from '../secrets';
import { runOperator } from './operator';

/** `npm run analyst -- …` after its set-up: the analyst with its own login and nothing else. Answers the exit code. */
export async function analyst(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const folder = env['GARDA_FOLDER'] ?? usualFolder;
  const facts = runningInstance(folder);
  if (facts === undefined) {
    console.error('Nothing runs here: start it by `npm start` in another terminal first.');
    return 1;
  }
  const existing = existingServers(env).kafka;
  const login = existing?.users.analyst ?? { username: 'analyst', password: loadSecrets(folder).kafka.analyst };
  const own = {
    KAFKA_BROKERS: facts.brokers,
    KAFKA_USERNAME: login.username,
    KAFKA_PASSWORD: login.password,
    KAFKA_SSL: existing?.ssl ?? 'false',
    GATEWAY_URL: facts.urls.gateway,
    OIDC_ISSUER: facts.urls.identity,
    GARDA_CATALOGUE: facts.catalogue,
    ...(args.includes('--compare') ? { GARDA_TOKEN: env['GARDA_TOKEN'] ?? (await tokenOfReader(folder, facts)) } : {}),
  };
  const main = join(checkout, 'apps', 'analyst', 'dist', 'main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', main, ...args], {
    env: { ...plainEnvironment(), ...own },
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** A token of a demo person who may read digests. Where staff signs in elsewhere, GARDA_TOKEN brings one. */
async function tokenOfReader(folder: string, { catalogue }: { readonly catalogue: string }): Promise<string> {
  const file = join(catalogue, 'staff.demo.yaml');
  const { persons } = parse(readFileSync(file, 'utf8')) as { persons: readonly { id: string; roles: string[] }[] };
  const reader = persons.find(({ roles }) => roles.includes('auditor') || roles.includes('operator'));
  if (reader === undefined) throw new Error(`${file} names nobody who may read digests: set GARDA_TOKEN.`);
  const { code, stdout, stderr } = await runOperator(folder, ['token', reader.id], true);
  if (code !== 0) throw new Error(`No token for ${reader.id}: ${stderr}`);
  return stdout.trim();
}
