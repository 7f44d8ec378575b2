import { parse } from 'node:querystring';
import type { FastifyInstance } from 'fastify';
import { Problem } from './problem';

/**
 * JSON and forms (Open311 clients send forms), nothing else. Instead of Nest's own, so that a body that is no JSON has
 * a code of its own; keys that would reach a prototype are refused as malformed.
 */
export function registerBodyParsers(fastify: FastifyInstance): void {
  const json = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body);
    if (text === '') return done(null, undefined); // a command without words; the schema says whether it may
    return json(request, text, (error, value?: unknown) =>
      error === null ? done(null, value) : done(new Problem('MALFORMED_JSON')),
    );
  });
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => {
    done(null, Object.fromEntries(Object.entries(parse(String(body)))));
  });
}
