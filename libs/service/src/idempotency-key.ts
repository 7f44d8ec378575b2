import type { Actor } from '@garda/contracts';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem';

/** "Random" is the caller's word; that it is a UUID (RFC 9562) is checked. */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const printable = /^[\x21-\x7e]{1,200}$/;

/**
 * The caller's key, or nothing. Anonymous callers share one principal, so their key must be a UUID: a key that two
 * of them could choose alike would show one the other's result.
 */
export function keyOf(request: FastifyRequest, actor: Actor): string | undefined {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return undefined;
  const key = Array.isArray(header) ? header.join() : header;
  const anonymous = actor.kind === 'citizen';
  if (anonymous ? !uuid.test(key) : !printable.test(key))
    throw new Problem('IDEMPOTENCY_KEY_INVALID', anonymous ? 'must be a UUID' : 'must be 1 to 200 visible characters');
  return anonymous ? key.toLowerCase() : key;
}
