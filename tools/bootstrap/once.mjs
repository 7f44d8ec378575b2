import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Does the work unless it was done for this very content of `source`; the stamp remembers it by hash. `work` answers what
 * went wrong, if anything, and so does this. A stamp of an older state does not outlive work that is stopped half-way.
 */
export function once({ source, stamp }, work) {
  const wanted = createHash('sha256').update(readFileSync(source)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return undefined;
  rmSync(stamp, { force: true });
  const problem = work();
  if (problem === undefined) writeFileSync(stamp, wanted);
  return problem;
}
