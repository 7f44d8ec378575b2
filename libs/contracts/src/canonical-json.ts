export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * One text for one value: keys sorted by code unit, no white space, undefined members left out (as JSON does).
 * The base of request hashes, content commitments and digests. Throws on what JSON cannot say (NaN, functions).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonicalJson: ${value} is no JSON number`);
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new TypeError(`canonicalJson: a ${typeof value} is no JSON value`);
  return Array.isArray(value) ? ofArray(value) : ofObject(value as Readonly<Record<string, unknown>>);
}

// Every state of every case passes here whenever it changes: loops, and no lists in between.

function ofArray(items: readonly unknown[]): string {
  let text = '';
  for (const item of items) text += `${text === '' ? '' : ','}${canonicalJson(item ?? null)}`;
  return `[${text}]`;
}

function ofObject(value: Readonly<Record<string, unknown>>): string {
  let text = '';
  // Without a function `sort` compares by code unit.
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}
