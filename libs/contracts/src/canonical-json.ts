export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

type Members = Readonly<Record<string, unknown>>;
type StandIn = (value: Members) => Members;

/**
 * One text for one value: keys sorted by code unit, no white space, undefined members left out (as JSON does).
 * The base of request hashes, content commitments and digests. Throws on what JSON cannot say (NaN, functions).
 * `standIn` gives what is written for an object, at any depth: the object itself, unless it says otherwise.
 */
export function canonicalJson(value: unknown, standIn: StandIn = itself): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`canonicalJson: ${value} is no JSON number`);
      return String(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? ofArray(value, standIn) : ofObject(standIn(value as Members), standIn);
    default:
      throw new TypeError(`canonicalJson: a ${typeof value} is no JSON value`);
  }
}

const itself: StandIn = (value) => value;

// Every state of every case passes here when a context is digested: loops, and no lists in between.

function ofArray(items: readonly unknown[], standIn: StandIn): string {
  let text = '';
  for (const item of items) text += `${text === '' ? '' : ','}${canonicalJson(item ?? null, standIn)}`;
  return `[${text}]`;
}

function ofObject(value: Members, standIn: StandIn): string {
  let text = '';
  for (const key of sortedKeys(value)) {
    const member = value[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${nameOf(key)}${canonicalJson(member, standIn)}`;
  }
  return `{${text}}`;
}

/** An object of a state has a handful of keys: put in place one by one, they cost half of what `sort` asks for them. */
const handful = 32;

function sortedKeys(value: Members): readonly string[] {
  const keys = Object.keys(value);
  if (keys.length > handful) return keys.sort(); // without a function it compares by code unit, as `>` does
  for (let at = 1; at < keys.length; at += 1) {
    const key = keys[at] as string;
    let before = at - 1;
    for (; before >= 0 && (keys[before] as string) > key; before -= 1) keys[before + 1] = keys[before] as string;
    keys[before + 1] = key;
  }
  return keys;
}

/** The names of members are few and come again with every value; a stranger's keys find no more room after these. */
const names = new Map<string, string>();
const mostNames = 2000;

/** A key as JSON writes it, with its colon. */
function nameOf(key: string): string {
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = `${JSON.stringify(key)}:`;
  if (names.size < mostNames) names.set(key, name);
  return name;
}
