import { createHmac } from 'node:crypto';
import {
  applyDecorators,
  Injectable,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiHeader } from '@nestjs/swagger';
import { canonicalJson } from '@garda/contracts';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { Problem } from './problem';
import { keyOf } from './idempotency-key';
import { principalOf } from './request-context';

const creates = 'garda:creates';

/** On every POST that makes something: it must carry an Idempotency-Key, so that a repeated request counts once. */
export const Creates = (): MethodDecorator =>
  applyDecorators(
    SetMetadata(creates, true),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'The same key and the same body answer the same. Without a sign-in: a random UUID.',
    }),
  );

/** Checks the key before the body is looked at. */
@Injectable()
export class IdempotencyKeyInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(host: ExecutionContext, next: CallHandler): Observable<unknown> {
    const required = this.reflector.get<boolean | undefined>(creates, host.getHandler());
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const key = keyOf(request, principalOf(request).actor);
    if (required === true && key === undefined) throw new Problem('IDEMPOTENCY_KEY_MISSING');
    return next.handle();
  }
}

/**
 * Tells two requests under one key apart: HMAC-SHA-256 over route and canonical validated body, before anything is
 * sealed. Keyed, so that nobody who reads the log can try out what a citizen wrote.
 */
export function requestHash(secret: string, route: string, body: unknown): string {
  return createHmac('sha256', Buffer.from(secret, 'base64url'))
    .update(`${route}\n${canonicalJson(body)}`)
    .digest('hex');
}
