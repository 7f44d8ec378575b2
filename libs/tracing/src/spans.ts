import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { spanContextOf, traceparentOf } from './traceparent';

export interface SpanOptions {
  readonly kind?: SpanKind;
  /** The `traceparent` of what caused it. Absent or malformed: the beginning of a trace. */
  readonly parent?: string | undefined;
  /** Names, numbers and codes only. */
  readonly attributes?: Attributes;
}

export interface PastSpan extends SpanOptions {
  /** `performance.now()` when it began; it ends now. */
  readonly began: number;
  /** The `traceparent`s of many causes, of which none is the parent. */
  readonly links?: readonly (string | undefined)[];
  /** A code, never a text: texts carry data. */
  readonly failedWith?: string | undefined;
}

/** A span under way. */
export interface LiveSpan {
  /** What goes on to those that this causes. */
  readonly traceparent: string;
  /** `failedWith` is a code. */
  end(of: { name: string; attributes: Attributes; failedWith?: string | undefined }): void;
}

const mostLinks = 128;
let tracer: Tracer | undefined;

/** From here on this process makes spans with this tracer; `undefined`: none any more. */
export function traceWith(next: Tracer | undefined): void {
  tracer = next;
}

/** Ask before gathering what only a span needs. */
export function isTracing(): boolean {
  return tracer !== undefined;
}

/** Begins a span; `undefined` when nobody traces. */
export function beginSpan(name: string, options: SpanOptions): LiveSpan | undefined {
  const span = tracer?.startSpan(name, optionsOf(options), parentOf(options.parent));
  if (span === undefined) return undefined;
  return {
    traceparent: traceparentOf(span.spanContext()),
    end: ({ name: finalName, attributes, failedWith }) => {
      span.updateName(finalName);
      span.setAttributes(attributes);
      finish(span, failedWith);
    },
  };
}

/** A span of something that is over. Nothing happens when nobody traces. */
export function noteSpan(name: string, options: PastSpan): void {
  if (tracer === undefined) return;
  const links = linksOf(options.links ?? []);
  const span = tracer.startSpan(
    name,
    { ...optionsOf(options), startTime: options.began, links },
    parentOf(options.parent),
  );
  finish(span, options.failedWith);
}

function optionsOf({ kind = SpanKind.INTERNAL, attributes = {} }: SpanOptions): {
  kind: SpanKind;
  attributes: Attributes;
} {
  return { kind, attributes };
}

function parentOf(traceparent: string | undefined): Context {
  const parent = spanContextOf(traceparent);
  return parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
}

/** One link a cause, however many facts it brought. */
function linksOf(traceparents: readonly (string | undefined)[]): Link[] {
  const contexts = [...new Set(traceparents)].flatMap((one) => spanContextOf(one) ?? []);
  return contexts.slice(0, mostLinks).map((context) => ({ context }));
}

function finish(span: Span, failedWith: string | undefined): void {
  if (failedWith !== undefined) {
    span.setAttribute('error.type', failedWith);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
