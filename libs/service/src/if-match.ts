import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem';

/** ETags are versions of a stream, never positions of the log: a position would betray sealed-off events. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/**
 * The version the caller saw, or nothing when he sent no `If-Match`.
 * Weak tags, lists and `*` are refused: a command is judged against one version or against none.
 */
export function parseIfMatch(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const version = /^"(0|[1-9]\d{0,8})"$/.exec(header.trim())?.[1];
  if (version === undefined) throw new Problem('IF_MATCH_INVALID');
  return Number(version);
}

/** Parameter of a controller's method: the version of `If-Match`. */
export const IfMatch = createParamDecorator((_: unknown, host: ExecutionContext) => {
  const header = host.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  return parseIfMatch(header);
});
