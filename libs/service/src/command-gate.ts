import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem';
import type { ServiceRuntime } from './runtime';

const withoutLog = 'garda:without-log';
const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A POST that appends nothing and therefore need not wait for the log to be verified. */
export const WithoutLog = (): MethodDecorator & ClassDecorator => SetMetadata(withoutLog, true);

/** Holds commands off until the log is known to agree with its topic: a restored log would give positions out twice. */
@Injectable()
export class CommandGate implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(private readonly runtime: ServiceRuntime) {}

  canActivate(host: ExecutionContext): boolean {
    if (this.runtime.acceptsCommands) return true;
    if (safe.has(host.switchToHttp().getRequest<FastifyRequest>().method)) return true;
    const places = [host.getHandler(), host.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(withoutLog, places) === true) return true;
    throw new Problem('LOG_NOT_VERIFIED', this.runtime.reason);
  }
}
