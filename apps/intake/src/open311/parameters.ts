import { z } from 'zod';
import type { AttributeValues } from '@garda/contracts';
import { parsePublicNumber } from '../numbers/public-number';
import { badRequest } from './open311-error';

/** As Fastify parses a query or a form: a repeated name is an array. */
export type Raw = Readonly<Record<string, unknown>>;

export const MAX_SPAN_MS = 90 * 24 * 60 * 60 * 1000;
export const MAX_PAGE = 1000;

/** A parameter's single value; an empty one counts as absent, of a repeated one the first counts. */
export function one(raw: Raw, name: string): string | undefined {
  return all(raw, name)[0];
}

/** All values that are not empty. */
export function all(raw: Raw, name: string): string[] {
  const value = raw[name];
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((v): v is string => typeof v === 'string' && v.trim() !== '');
}

/** Comma list, as GeoReport writes several values of one parameter. */
export function commaList(raw: Raw, name: string): string[] {
  return all(raw, name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/**
 * `attribute[code]=v`, `attribute[code][]=v`, and `attribute[code]` repeated: one value is a string, several are a list.
 * Which of them a standard asks for is not judged here.
 */
export function attributesOf(raw: Raw): AttributeValues {
  const found = new Map<string, string[]>();
  for (const name of Object.keys(raw)) {
    const code = /^attribute\[([^\]]{1,60})\](\[\d*\])?$/.exec(name)?.[1];
    if (code !== undefined) found.set(code, [...(found.get(code) ?? []), ...all(raw, name)]);
  }
  return Object.fromEntries(
    [...found].flatMap(([code, values]) => {
      const [first] = values;
      return first === undefined ? [] : [[code, values.length === 1 ? first : values]];
    }),
  );
}

const dateTime = z.iso.datetime({ offset: true });

/** A date parameter, W3C format with zone; in a query string an unescaped `+` arrives as a blank. */
export function dateOf(raw: Raw, name: string): Date | undefined {
  const text = one(raw, name);
  if (text === undefined) return undefined;
  const repaired = text.trim().replace(/ (\d{2}:\d{2})$/, '+$1');
  if (!dateTime.safeParse(repaired).success)
    throw badRequest(`${name} must be a W3C date with time and zone, such as 2026-03-02T08:00:00+07:00`);
  return new Date(repaired);
}

/** The window of a query, at most 90 days; what is missing follows from the other end or from now. */
export function windowOf(raw: Raw, now: Date): { from: Date; to: Date } {
  const start = dateOf(raw, 'start_date');
  const end = dateOf(raw, 'end_date');
  const to = end ?? (start === undefined ? now : new Date(Math.min(now.getTime(), start.getTime() + MAX_SPAN_MS)));
  const from = start ?? new Date(to.getTime() - MAX_SPAN_MS);
  if (from > to) throw badRequest('start_date must not be after end_date');
  if (to.getTime() - from.getTime() > MAX_SPAN_MS) throw badRequest('start_date and end_date may span 90 days at most');
  return { from, to };
}

export function pageOf(raw: Raw): { limit: number; offset: number } {
  const size = whole(raw, 'page_size', MAX_PAGE);
  const page = whole(raw, 'page', 100_000);
  const limit = size ?? MAX_PAGE;
  return { limit, offset: ((page ?? 1) - 1) * limit };
}

function whole(raw: Raw, name: string, most: number): number | undefined {
  const text = one(raw, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw badRequest(`${name} must be a whole number from 1 to ${most}`);
  return value;
}

export function statusesOf(raw: Raw): ('open' | 'closed')[] {
  return commaList(raw, 'status').map((status) => {
    if (status !== 'open' && status !== 'closed') throw badRequest('status must be open, closed, or both');
    return status;
  });
}

/** Public numbers of a comma list, as they are stored. What cannot be a number is no request of ours. */
export function numbersOf(raw: Raw): string[] | undefined {
  const ids = commaList(raw, 'service_request_id');
  if (ids.length === 0) return undefined;
  if (ids.length > MAX_PAGE) throw badRequest(`service_request_id may list ${MAX_PAGE} requests at most`);
  return ids.map(parsePublicNumber).filter((number) => number !== undefined);
}

export function wantsExtensions(raw: Raw): boolean {
  return one(raw, 'extensions') === 'true';
}
