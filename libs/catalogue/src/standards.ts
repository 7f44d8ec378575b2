import type { ServiceStandard } from '@garda/contracts';
import { standardShape, standardsFile } from './shapes';
import type { SourceFile } from './source-file';

/** A standard with the place of its entry in the file, so that later checks can point to it. */
export interface Placed<T> {
  readonly value: T;
  readonly at: number;
}

/** Standards of a folder, each with the file's defaults filled in. */
export function readStandards(file: SourceFile): Placed<ServiceStandard>[] {
  const content = file.check(file.content(), standardsFile);
  if (content === undefined) return [];
  const { answerWithin, ...defaults } = content.defaults;
  return content.standards.flatMap((entry, at) => {
    const kind = entry['kind'] ?? defaults['kind'];
    const byKind: Readonly<Record<string, string>> = answerWithin;
    const filled = { answerWithin: byKind[String(kind)], ...defaults, ...entry };
    const value = file.check(filled, standardShape, ['standards', at]);
    return value === undefined ? [] : [{ value, at }];
  });
}
