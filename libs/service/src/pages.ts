import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { JsonValue } from '@garda/contracts';
import { Problem } from './problem';

/** Query of every list. */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type PageQuery = z.infer<typeof pageQuery>;

/** Where a page ends. Opaque: clients give it back and never read it. */
export function encodeCursor(place: JsonValue): string {
  return Buffer.from(JSON.stringify(place), 'utf8').toString('base64url');
}

/** The place a cursor stands for; nothing without one; CURSOR_INVALID for what we never gave out. */
export function decodeCursor<S extends z.ZodType>(schema: S, cursor: string | undefined): z.infer<S> | undefined {
  if (cursor === undefined) return undefined;
  const parsed = schema.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success) throw new Problem('CURSOR_INVALID');
  return parsed.data;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** Cuts a page from rows read with `limit + 1`: the row too many shows that there is more. */
export function pageOf<T>(rows: readonly T[], limit: number, placeOf: (last: T) => JsonValue): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: encodeCursor(placeOf(last)) } : { items };
}

/** `Link: <…>; rel="next"` (RFC 8288), with every other parameter of the request kept. */
export function linkNext(request: FastifyRequest, reply: FastifyReply, page: Page<unknown>): void {
  if (page.next === undefined) return;
  const [path = '', query] = request.url.split('?', 2);
  const params = new URLSearchParams(query);
  params.set('cursor', page.next);
  reply.header('link', `<${path}?${params.toString()}>; rel="next"`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // the schema refuses it
  }
}
