import type { Context } from '@garda/contracts';
import { Problem, signServiceToken, type RequestTrace, type ServiceClaims } from '@garda/service';
import type { JWK } from 'jose';

export type ServiceName = Context;

/** What a service answered, as it came: a problem document goes to the caller without a change. */
export interface ServiceAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ServiceRequest {
  readonly service: ServiceName;
  readonly method: 'GET' | 'POST';
  /** From the root, with the query. */
  readonly path: string;
  readonly claims: ServiceClaims;
  readonly trace: RequestTrace;
  /** Headers of the caller that the service is to see. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

/** Of the service's headers only these mean something to the caller. */
const passedOn = ['retry-after', 'vary', 'location', 'etag'] as const;

/**
 * The services behind the gateway, over HTTP, each request with a token of one minute that says who asks, for what and
 * for which case. Whoever does not answer is SERVICE_UNAVAILABLE: the outcome is then unknown, and the same request
 * with the same Idempotency-Key finds out.
 */
export class ServiceClient {
  constructor(
    private readonly opts: {
      readonly urls: Readonly<Record<ServiceName, string>>;
      readonly key: JWK;
      readonly timeoutMs?: number;
    },
  ) {}

  async send(ask: ServiceRequest): Promise<ServiceAnswer> {
    const token = await signServiceToken(this.opts.key, ask.service, ask.claims);
    const headers = new Headers({
      authorization: `Bearer ${token}`,
      traceparent: ask.trace.traceparent,
      'x-correlation-id': ask.trace.correlationId,
    });
    for (const [name, value] of Object.entries(ask.headers ?? {})) if (value !== undefined) headers.set(name, value);
    const withBody = ask.body !== undefined;
    if (withBody) headers.set('content-type', 'application/json');
    const init: RequestInit = {
      method: ask.method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(this.opts.timeoutMs ?? 10_000),
      ...(withBody ? { body: JSON.stringify(ask.body) } : {}),
    };
    return this.fetch(ask.service, ask.path, init);
  }

  private async fetch(service: ServiceName, path: string, init: RequestInit): Promise<ServiceAnswer> {
    try {
      const response = await fetch(new URL(path, this.opts.urls[service]), init);
      const text = await response.text();
      const kept = passedOn.flatMap((name) => {
        const value = response.headers.get(name);
        return value === null ? [] : [[name, value] as const];
      });
      return {
        status: response.status,
        contentType: response.headers.get('content-type') ?? 'application/json',
        text,
        headers: Object.fromEntries(kept),
      };
    } catch (error) {
      // Refused, cut, or too slow: for the caller all the same, and what was sent may have arrived.
      throw awayFrom(service, error);
    }
  }
}

function awayFrom(service: ServiceName, cause: unknown): Problem {
  const problem = new Problem('SERVICE_UNAVAILABLE', `${service} does not answer`, { headers: { 'retry-after': '2' } });
  problem.cause = cause;
  return problem;
}

/** The JSON of an answer that was no refusal; undefined when it is none. */
export function jsonOf(answer: ServiceAnswer): unknown {
  if (answer.status >= 400) return undefined;
  try {
    return JSON.parse(answer.text) as unknown;
  } catch {
    return undefined; // the caller decides what an answer without a version means
  }
}
