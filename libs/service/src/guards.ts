import {
  applyDecorators,
  Injectable,
  RequestMethod,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
} from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { JWK } from 'jose';
import { Problem } from './problem';
import { setPrincipal } from './request-context';
import { bearerOf, verifyServiceToken } from './service-token';

const needs = 'garda:needs';
const isPublic = 'garda:public';

/** The verb of roles.yaml that a route is for. */
export const Needs = (verb: string): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(needs, verb), ApiBearerAuth(), ApiExtension('x-verb', verb));

/** A route that anybody may call, named or not. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(isPublic, true);

/** The verb of a route, or `public`. A route with neither does not start (see {@link refuseUnguardedRoutes}). */
export function accessOf(reflector: Reflector, host: ExecutionContext): { verb: string } | 'public' {
  const places = [host.getHandler(), host.getClass()];
  const verb = reflector.getAllAndOverride<string | undefined>(needs, places);
  if (verb !== undefined) return { verb };
  if (reflector.getAllAndOverride<boolean | undefined>(isPublic, places) === true) return 'public';
  throw new Problem('INTERNAL', `${host.getClass().name}.${host.getHandler().name} has neither @Needs nor @Public`);
}

/**
 * Between gateway and services: the signature is the gateway's, the token is for this service, for the route's verb and
 * for the case in the path. Whether the officer may is decided later, against the service's own stream.
 */
@Injectable()
export class ServiceTokenGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(private readonly opts: { readonly service: string; readonly gatewayKey: JWK }) {}

  async canActivate(host: ExecutionContext): Promise<boolean> {
    const access = accessOf(this.reflector, host);
    if (access === 'public') return true;
    const request = host.switchToHttp().getRequest<FastifyRequest<{ Params: { caseId?: string } }>>();
    const token = bearerOf(request.headers.authorization);
    const claims = await verifyServiceToken(this.opts.gatewayKey, this.opts.service, token);
    if (claims.verb !== access.verb) throw new Problem('TOKEN_NOT_FOR_THIS', `the token is for ${claims.verb}`);
    const inPath = request.params.caseId?.toLowerCase();
    if (inPath !== undefined && claims.caseId?.toLowerCase() !== inPath)
      throw new Problem('TOKEN_NOT_FOR_THIS', 'the token is for another case');
    setPrincipal(request, claims);
    return true;
  }
}

/** Every route says who may call it, or the process does not start. */
export function refuseUnguardedRoutes(app: INestApplication): void {
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();
  const unguarded = app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, unknown>;
      return scanner
        .getAllMethodNames(prototype)
        .filter((name) => isOpenRoute(reflector, metatype, prototype[name]))
        .map((name) => `${metatype.name}.${name}`);
    });
  if (unguarded.length > 0)
    throw new Error(`These routes carry neither @Needs(verb) nor @Public(): ${unguarded.sort().join(', ')}`);
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- Nest names classes so
function isOpenRoute(reflector: Reflector, controller: Function, method: unknown): boolean {
  if (typeof method !== 'function') return false;
  if (Reflect.getMetadata(PATH_METADATA, method) === undefined) return false;
  if ((Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod | undefined) === undefined) return false;
  const places = [method, controller];
  return [needs, isPublic].every((key) => reflector.getAllAndOverride<unknown>(key, places as never) === undefined);
}
