export { SpanKind } from '@opentelemetry/api';
export { noteFacts } from './facts';
export { beginSpan, isTracing, noteSpan, traceWith, type LiveSpan } from './spans';
export { spanContextOf } from './traceparent';
