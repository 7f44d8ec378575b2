import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Area {
  readonly code: string;
  readonly name: string;
}

/**
 * Districts and villages of a regency from the package `idn-area-data` (names and codes; data under the ODbL).
 * Its CSV is read as it lies, because its code is an ES module and this one is not.
 */
export function areasOf(regency: string): { districts: readonly Area[]; villages: readonly Area[] } {
  return { districts: rows('districts.csv', regency), villages: rows('villages.csv', regency) };
}

function rows(file: string, regency: string): readonly Area[] {
  const package_ = dirname(dirname(require.resolve('idn-area-data')));
  return readFileSync(join(package_, 'data', file), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.startsWith(`${regency}.`))
    .map((line) => {
      const [code = '', , ...name] = line.split(',');
      return { code, name: name.join(',').replace(/^"|"$/g, '') };
    });
}
