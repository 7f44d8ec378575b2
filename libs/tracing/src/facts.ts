import { SpanKind, type Attributes } from '@opentelemetry/api';
import { isTracing, noteSpan } from './spans';

/** As much of a recorded fact as a span may say. */
export interface TracedFact {
  readonly type: string;
  readonly position: bigint;
  readonly meta: { readonly traceparent?: string | undefined };
}

/**
 * One span for each of these facts, in the trace of the request that caused it. They were dealt with together, so their
 * spans cover the same time.
 */
export function noteFacts(
  name: string,
  facts: readonly TracedFact[],
  of: { began: number; kind?: SpanKind; attributes?: Attributes; failedWith?: string | undefined },
): void {
  if (!isTracing()) return;
  for (const { type, position, meta } of facts) {
    const attributes = { ...of.attributes, 'garda.event.type': type, 'garda.event.position': Number(position) };
    noteSpan(name, { ...of, parent: meta.traceparent, attributes });
  }
}
