import { setTimeout as pause } from 'node:timers/promises';

/** A service said no, with a problem document; or it did not say anything we understand. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  constructor(
    readonly status: number,
    /** The stable code of the problem document, else `HTTP_<status>`. */
    readonly code: string,
    what: string,
    detail: string,
  ) {
    super(`${what}: ${status} ${code}${detail === '' ? '' : ` (${detail})`}`);
  }
}

export interface Ask {
  readonly method?: 'GET' | 'POST';
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Form fields; takes the place of `body`. */
  readonly form?: readonly (readonly [string, string])[];
}
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

/** How often a service may be too busy (503) before we give up: about 20 seconds. */
const patience = 20;

/** One request; a refusal is thrown as HttpError. Only "too busy, send it again" is sent again. */
export async function call(url: string, ask: Ask = {}): Promise<Reply> {
  for (let attempt = 1; ; attempt += 1) {
    const reply = await callOnce(url, ask);
    if (reply.status === 503 && attempt < patience) {
      await pause(1000);
      continue;
    }
    if (reply.status >= 400) throw refusalOf(reply, `${ask.method ?? 'GET'} ${new URL(url).pathname}`);
    return reply;
  }
}

/** One request and its answer, whatever it is. */
export async function callOnce(url: string, ask: Ask = {}): Promise<Reply> {
  const headers = new Headers(ask.headers);
  headers.set('accept-language', 'en');
  if (ask.token !== undefined) headers.set('authorization', `Bearer ${ask.token}`);
  if (ask.body !== undefined) headers.set('content-type', 'application/json');
  const body =
    ask.form !== undefined
      ? new URLSearchParams(ask.form.map(([k, v]): [string, string] => [k, v]))
      : JSON.stringify(ask.body);
  const method = ask.method ?? 'GET';
  const response = await fetch(url, {
    method,
    headers,
    signal: AbortSignal.timeout(30_000),
    ...(method === 'POST' && body !== undefined ? { body } : {}),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // not every answer is JSON; whoever needs JSON checks its shape
  }
}

function refusalOf({ status, json, text }: Reply, what: string): HttpError {
  const problem = (typeof json === 'object' && json !== null ? json : {}) as Readonly<Record<string, unknown>>;
  const word = (name: string): string | undefined => (typeof problem[name] === 'string' ? problem[name] : undefined);
  const faults = Array.isArray(problem['errors']) ? ` ${JSON.stringify(problem['errors'])}` : '';
  const detail = `${word('detail') ?? word('error_description') ?? word('title') ?? text.slice(0, 200)}${faults}`;
  return new HttpError(status, word('code') ?? word('error') ?? `HTTP_${status}`, what, detail);
}
