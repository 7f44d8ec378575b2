import { bundle } from './harness';

/** The edition in which the folder has a standard. */
export function editionOf(code: string): number {
  const standard = bundle.standards.find((one) => one.code === code);
  if (standard === undefined) throw new Error(`no standard ${code}`);
  return standard.version;
}
