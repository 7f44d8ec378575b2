import { createHmac } from 'node:crypto';
import { MessageChannel, NotNow, type Message, type Sent } from './message-channel';

export interface HttpChannelOptions {
  readonly url: string;
  /** Shared with the receiver; base64url. */
  readonly key: string;
  readonly timeoutMs?: number;
}

const usualTimeoutMs = 10_000;
/** It is we who are refused, or the moment: not the message. */
const notNow: ReadonlySet<number> = new Set([401, 407, 408, 425, 429]);
/** A receiver may ask for patience, not for silence. */
const longestWaitMs = 60 * 60_000;

/**
 * Hands every message to the regency's own gateway by one POST (docs/how-to/messages.md). The body is signed, the
 * attempt bears the id of the message, redirects are not followed: the address is for one receiver alone.
 */
export class HttpChannel extends MessageChannel {
  readonly name = 'http';
  private readonly key: Buffer;

  constructor(private readonly opts: HttpChannelOptions) {
    super();
    this.key = Buffer.from(opts.key, 'base64url');
  }

  async send(message: Message, signal: AbortSignal): Promise<Sent> {
    const response = await this.post(message, signal);
    await response.body?.cancel();
    const { status, ok } = response;
    if (ok) return 'sent';
    if (status >= 400 && status < 500 && !notNow.has(status)) return 'refused';
    throw new NotNow(`status ${status}`, retryAfter(response.headers.get('retry-after')));
  }

  private async post({ id, to, text }: Message, signal: AbortSignal): Promise<Response> {
    const body = JSON.stringify({ to, text });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': id,
      'garda-timestamp': timestamp,
      'garda-signature': `v1=${createHmac('sha256', this.key).update(`${timestamp}.${body}`).digest('hex')}`,
    };
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(this.opts.timeoutMs ?? usualTimeoutMs)]);
    try {
      return await fetch(this.opts.url, { method: 'POST', headers, body, redirect: 'manual', signal: inTime });
    } catch (error) {
      // The cause names the host, perhaps more: only its kind is kept.
      throw new NotNow(reasonOf(error));
    }
  }
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } };
  if (name === 'TimeoutError') return 'timeout';
  if (name === 'AbortError') return 'stopped';
  const code = cause?.code;
  return typeof code === 'string' ? code : 'connection failed';
}

/** RFC 9110: seconds, or a date. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, longestWaitMs) : undefined;
}
