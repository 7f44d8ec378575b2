import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { accessOf, setPrincipal, type OidcVerifier } from '@garda/service';
import type { FastifyRequest } from 'fastify';
import { whoOf, type Judge } from '../rights/judge';

/**
 * Who comes in: a bearer of the identity provider, staff or program. Where the route is about no case, the right is
 * judged here; where it is about one, the handler judges it with the case file at hand.
 */
@Injectable()
export class StaffGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(
    private readonly verifier: OidcVerifier,
    private readonly judge: Judge,
  ) {}

  async canActivate(host: ExecutionContext): Promise<boolean> {
    const access = accessOf(this.reflector, host);
    if (access === 'public') return true;
    const request = host.switchToHttp().getRequest<FastifyRequest<{ Params: { caseId?: string } }>>();
    const { actor, roles } = await this.verifier.verify(request.headers.authorization);
    setPrincipal(request, { actor, roles });
    if (request.params.caseId === undefined) this.judge.demand(access.verb, whoOf({ actor, roles }), undefined);
    return true;
  }
}
