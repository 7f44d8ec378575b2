import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { existingServers } from '../connections';
import { usualFolder } from '../folders';
import { demoStart, startInstance } from '../instance';
import type { Instance } from '../instance';
import { usualPorts } from '../ports';
import { hasCases } from './case-log';
import { publishCatalogue, runOperator } from './operator';
import { overview } from './overview';

const say = (line: string): void => console.log(line);

/** `npm start` after its set-up: stays up until Ctrl-C. Answers the exit code. */
export async function start(env: NodeJS.ProcessEnv): Promise<number> {
  const began = Date.now();
  const instance = await startInstance({
    folder: usualFolder,
    ports: usualPorts(env['GARDA_PORT_OFFSET']),
    existing: existingServers(env),
    clockStart: demoStart,
    say,
  });
  try {
    const right = instance.refused.size > 0 || (await fill(instance));
    for (const [service, code] of instance.refused)
      say(`${service} takes no command until its log is healed: ${healing(code)}`);
    say(await overview(instance));
    say(`Ready after ${((Date.now() - began) / 1000).toFixed(1)} s. Ctrl-C stops everything; the data stays.`);
    return await stayUp(instance, right);
  } finally {
    await instance.stop();
    say('Stopped.');
  }
}

/** What the operator may do about a refusal, in `docs/failures.md` at length. */
function healing(code: string): string {
  if (code === 'TOPIC_AHEAD_OF_LOG')
    return `${code}. \`npm run garda -- log adopt\` takes the lost facts from the topic.`;
  if (code === 'TOPIC_BEHIND_LOG') return `${code}. \`npm run garda -- topic renew TOPIC\` fills the topic anew.`;
  return `${code}. See docs/failures.md.`;
}

/** Publishes the catalogue once, and shows the demo while there is no case yet. Answers whether all of it was right. */
async function fill(instance: Instance): Promise<boolean> {
  const published = join(instance.folder, 'catalogue-published');
  if (!existsSync(published)) {
    say('Publishing the catalogue ...');
    await publishCatalogue(instance.folder, instance.catalogue);
    // Safe to repeat, so a start that is killed before this line only publishes again.
    writeFileSync(published, `${new Date().toISOString()}\n`);
  }
  if (await hasCases(instance.connections)) {
    return true;
  }
  say('There is no case yet: running the demo ...');
  const { code } = await runOperator(instance.folder, ['demo']);
  return code === 0;
}

async function stayUp(instance: Instance, right: boolean): Promise<number> {
  if (!right) {
    console.error('The demo did not end as expected: see above. Everything runs all the same.');
  }
  const broken = await Promise.race([instance.broken, instance.interrupted]);
  if (broken !== undefined) {
    console.error(broken);
    return 1;
  }
  return right ? 0 : 1;
}
