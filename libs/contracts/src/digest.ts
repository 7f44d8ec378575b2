import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from './canonical-json';

/** One case as its own context folded it. */
export interface DigestRow {
  readonly caseId: string;
  readonly version: number;
  readonly state: JsonValue;
}

/**
 * One number for all cases of a context: SHA-256 (hex) over the canonical JSON of the rows in order of case id.
 * Equal digests at one position mean equal states, whoever folded them. A sealed object counts as
 * `{sealed: <SHA-256 of its canonical JSON>}`, so the digest outlives an erasure and whoever compares needs no personal
 * data.
 */
export function digestOf(rows: Iterable<DigestRow>): string {
  const ordered = [...rows].sort((a, b) => (a.caseId < b.caseId ? -1 : a.caseId > b.caseId ? 1 : 0));
  const sum = createHash('sha256');
  for (const { caseId, version, state } of ordered)
    sum.update(`${canonicalJson({ caseId, version, state }, hashIfSealed)}\n`, 'utf8');
  return sum.digest('hex');
}

function hashIfSealed(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!isSealed(value)) return value;
  return { sealed: createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex') };
}

/** By its form, exactly: a state may hold sealed objects anywhere. */
function isSealed(value: object): boolean {
  return 'ct' in value && 'enc' in value && 'subject' in value && Object.keys(value).length === 3;
}
