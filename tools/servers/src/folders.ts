import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The top of the checkout this code stands in: found by nx.json, whether it runs from `src` or from `dist`. */
export const checkout = ((): string => {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'nx.json'))) {
      return folder;
    }
  }
  throw new Error(`No nx.json above ${__dirname}: this is not a checkout of Garda.`);
})();

/** Where `npm start` keeps everything it makes. */
export const usualFolder = join(checkout, '.garda');

/** The broker's jars: fetched once, used by every instance of this checkout. */
export const kafkaJars = join(checkout, '.garda', 'kafka', 'lib');

/** Makes an instance's folder, closed to other users as it holds secrets. Postgres may only pass through it. */
export function makeFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  return folder;
}
