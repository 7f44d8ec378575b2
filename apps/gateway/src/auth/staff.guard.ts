import { Injectable, NotFoundException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { accessOf, Problem, setPrincipal, type OidcVerifier } from '@garda/service';
import type { FastifyRequest } from 'fastify';
import { whoOf, type Judge } from '../rights/judge';
import { hiddenKey } from './hidden';

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
    if (this.reflector.get<boolean | undefined>(hiddenKey, host.getClass()) === true)
      return this.find(host, access.verb);
    const request = host.switchToHttp().getRequest<FastifyRequest<{ Params: { caseId?: string } }>>();
    const { actor, roles } = await this.verifier.verify(request.headers.authorization);
    setPrincipal(request, { actor, roles });
    if (request.params.caseId === undefined) this.judge.demand(access.verb, whoOf({ actor, roles }), undefined);
    return true;
  }

  /** Whoever has not the verb at all is told what he is told on a path that does not exist, before anything is read. */
  private async find(host: ExecutionContext, verb: string): Promise<true> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const proven = await this.verifier.verify(request.headers.authorization).catch(withoutToken);
    if (proven === undefined || !this.judge.verdict(verb, whoOf(proven), undefined).may) throw new NotFoundException();
    setPrincipal(request, { actor: proven.actor, roles: proven.roles });
    return true;
  }
}

/** A token that is missing or no good is like none; whatever else went wrong is told as it is. */
function withoutToken(error: unknown): undefined {
  if (error instanceof Problem && error.code.startsWith('TOKEN_')) return undefined;
  throw error;
}
