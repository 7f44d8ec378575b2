import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { parseIfMatch, principalOf, traceOf } from '@garda/service';
import type { FastifyRequest } from 'fastify';
import type { Caller } from './forward';

/** Parameter of a controller's method: the {@link Caller}. A malformed `If-Match` is refused before anything is sent. */
export const CallerOf = createParamDecorator((_: unknown, host: ExecutionContext): Caller => {
  const request = host.switchToHttp().getRequest<FastifyRequest>();
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  parseIfMatch(header('if-match'));
  return {
    principal: principalOf(request),
    trace: traceOf(request),
    headers: {
      'idempotency-key': header('idempotency-key'),
      'if-match': header('if-match'),
      'accept-language': header('accept-language'),
    },
    wait: !/(^|,)\s*respond-async\s*(,|;|$)/i.test(header('prefer') ?? ''),
  };
});
