import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeEnvironment } from '../compose/environment';
import { checkout } from '../folders';
import { newSecrets } from '../secrets';

/** Writes docker/.env with fresh secrets, once: passwords that a database has must not be forgotten. Answers the exit code. */
export function compose(say: (line: string) => void, file = join(checkout, 'docker', '.env')): number {
  if (existsSync(file)) {
    say(`${file} is there already. Remove it only together with the volumes: docker compose down --volumes.`);
    return 0;
  }
  const lines = Object.entries(composeEnvironment(newSecrets(), randomBytes(24).toString('hex'))).map(
    ([name, value]) => `${name}=${value}`,
  );
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  say(`${file} holds the secrets. Next: docker compose -f docker/compose.yaml up --build --detach`);
  return 0;
}
