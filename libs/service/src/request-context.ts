import { randomBytes, randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { commandId, newEventId } from '@garda/event-store';
import type { Actor, EventMeta } from '@garda/contracts';
import { beginSpan, SpanKind, type LiveSpan } from '@garda/tracing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { keyOf } from './idempotency-key';

/** One id and one W3C trace context from the first request to the last projection. */
export interface RequestTrace {
  readonly correlationId: string;
  readonly traceparent: string;
}

/** Who asks, as a guard has proved it. Nobody proved anything: a citizen. */
export interface Principal {
  readonly actor: Actor;
  readonly roles: readonly string[];
  /** What the gateway's token was made for. */
  readonly verb?: string | undefined;
  readonly caseId?: string | undefined;
  /** Nothing is decided for him: only a request that was decided before is answered again. */
  readonly repeatOnly?: boolean | undefined;
}

/** What a handler may know of a request beside its validated input. Passed as a value, never looked up. */
export interface RequestContext extends RequestTrace, Principal {
  /** Method and path, without the query. */
  readonly route: string;
  /** From principal, route and Idempotency-Key; random when no key came. */
  readonly commandId: string;
}

const traces = new WeakMap<FastifyRequest['raw'], RequestTrace>();
const spans = new WeakMap<FastifyRequest['raw'], LiveSpan>();
const principals = new WeakMap<FastifyRequest['raw'], Principal>();
const nobody: Principal = { actor: { kind: 'citizen' }, roles: [] };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const w3c = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;

/** First hook of every request: takes the caller's ids when they are well formed, else makes new ones. */
export function startTrace(request: FastifyRequest, reply: FastifyReply): void {
  const correlation = headerOf(request, 'x-correlation-id');
  const correlationId = correlation !== undefined && uuid.test(correlation) ? correlation.toLowerCase() : randomUUID();
  const caller = headerOf(request, 'traceparent');
  const span = beginSpan(request.method, { kind: SpanKind.SERVER, parent: caller });
  if (span !== undefined) spans.set(request.raw, span);
  traces.set(request.raw, { correlationId, traceparent: span?.traceparent ?? childOf(caller) });
  reply.header('x-correlation-id', correlationId);
}

/** Last hook of every request. The route's pattern and the status, and nothing of what somebody wrote. */
export function endTrace(request: FastifyRequest, reply: FastifyReply): void {
  const { method, raw, routeOptions } = request;
  const route = routeOptions.url ?? 'unknown';
  const status = reply.statusCode;
  spans.get(raw)?.end({
    name: `${method} ${route}`,
    attributes: { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status },
    failedWith: status >= 500 ? String(status) : undefined,
  });
}

export function traceOf(request: FastifyRequest): RequestTrace {
  const known = traces.get(request.raw);
  if (known !== undefined) return known;
  const trace = { correlationId: randomUUID(), traceparent: childOf(undefined) };
  traces.set(request.raw, trace);
  return trace;
}

/** For guards: who asks from here on. */
export function setPrincipal(request: FastifyRequest, principal: Principal): void {
  principals.set(request.raw, principal);
}

export function principalOf(request: FastifyRequest): Principal {
  return principals.get(request.raw) ?? nobody;
}

export function requestContextOf(request: FastifyRequest): RequestContext {
  const principal = principalOf(request);
  const route = `${request.method} ${request.url.split('?', 1)[0]}`;
  const key = keyOf(request, principal.actor);
  return {
    ...traceOf(request),
    ...principal,
    route,
    commandId: key === undefined ? newEventId() : commandId(nameOf(principal.actor), route, key),
  };
}

/** Parameter of a controller's method: the {@link RequestContext}. */
export const Ctx = createParamDecorator((_: unknown, host: ExecutionContext) =>
  requestContextOf(host.switchToHttp().getRequest<FastifyRequest>()),
);

/** What the events of a request carry beside their facts. */
export function metaOf(context: RequestContext): Omit<EventMeta, 'commandId'> {
  const { actor, correlationId, traceparent } = context;
  return { actor, correlationId, traceparent };
}

export function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Two principals never share a command id, whatever keys they choose. */
function nameOf(actor: Actor): string {
  return actor.kind === 'citizen' ? 'citizen' : `${actor.kind}:${actor.id}`;
}

/** The same trace, a span of our own; a new trace when the caller sent none. */
function childOf(header: string | undefined): string {
  const [, trace, flags] = w3c.exec(header ?? '') ?? [];
  return `00-${trace ?? randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-${flags ?? '01'}`;
}
