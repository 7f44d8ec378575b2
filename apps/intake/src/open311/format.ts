import { XMLBuilder } from 'fast-xml-parser';

export type Format = 'json' | 'xml';
export const contentTypes: Record<Format, string> = {
  json: 'application/json; charset=utf-8',
  xml: 'text/xml; charset=utf-8',
};

/** A value of GeoReport: a record is an element with children, a list says the name of its children. */
export type Node = string | number | boolean | null | Fields | List;
export interface Fields {
  readonly [name: string]: Node | undefined;
}
/** A container of one repeated child: `<services><service/>…</services>`, in JSON always an array. */
export interface List {
  readonly child: string;
  readonly items: readonly Node[];
}
export const list = (child: string, items: readonly Node[]): List => ({ child, items });

const builder = new XMLBuilder({ ignoreAttributes: true, suppressEmptyNode: true, processEntities: true });

/**
 * One value in either format. JSON is the "Spark" mapping of the standard: the root wrapper is dropped, a container of
 * one repeated child is an array even with one child. Null in JSON is an empty element in XML.
 */
export function render(format: Format, root: string, value: Node): string {
  if (format === 'json') return JSON.stringify(toJson(value));
  return `<?xml version="1.0" encoding="utf-8"?>${builder.build({ [root]: toXml(value) })}`;
}

function isList(value: Fields | List): value is List {
  return 'items' in value && 'child' in value && Array.isArray(value.items);
}

function toJson(value: Node): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.items.map(toJson);
  return Object.fromEntries(present(value).map(([name, member]) => [name, toJson(member)]));
}

function toXml(value: Node): unknown {
  if (value === null) return null;
  if (typeof value === 'string') return printable(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return value.items.length === 0 ? null : { [value.child]: value.items.map(toXml) };
  return Object.fromEntries(present(value).map(([name, member]) => [name, toXml(member)]));
}

function present(value: Fields): [string, Node][] {
  return Object.entries(value).filter((entry): entry is [string, Node] => entry[1] !== undefined);
}

/** XML 1.0 has no way to write most control characters and lone surrogates; a reader would refuse the whole page. */
function printable(text: string): string {
  // With the flag `u` a pair of surrogates is one character, so that only the lone ones match.
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\uD800-\uDFFF]/gu, '\uFFFD');
}
