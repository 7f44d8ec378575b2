import { SpanStatusCode } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { noteFacts } from './facts';
import { beginSpan, isTracing, noteSpan, traceWith } from './spans';
import { spanContextOf, traceparentOf } from './traceparent';

const caller = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const other = '00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
beforeEach(() => traceWith(provider.getTracer('spec')));
afterEach(() => {
  traceWith(undefined);
  exporter.reset();
});
const only = () => exporter.getFinishedSpans()[0];

it('reads and writes the W3C header, and takes nothing that is none', () => {
  const context = spanContextOf(caller);
  expect(context).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c', traceFlags: 1 });
  expect(context === undefined ? '' : traceparentOf(context)).toBe(caller);
  for (const wrong of [undefined, '', 'x', caller.replace('00-', '01-'), `00-${'0'.repeat(32)}-b7ad6b7169203331-01`])
    expect(spanContextOf(wrong)).toBeUndefined();
});

it('stays in the trace of the caller, and names itself to those it calls', () => {
  const live = beginSpan('asked', { parent: caller });
  live?.end({ name: 'GET /cases/:id', attributes: { 'http.response.status_code': 500 }, failedWith: '500' });
  const span = only();
  expect(span?.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
  expect(span?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
  expect(live?.traceparent).toContain(span?.spanContext().spanId);
  expect([span?.name, span?.status.code, span?.attributes]).toEqual([
    'GET /cases/:id',
    SpanStatusCode.ERROR,
    { 'http.response.status_code': 500, 'error.type': '500' },
  ]);
});

it('follows a caller who does not want to be traced', () => {
  beginSpan('asked', { parent: caller.replace(/01$/, '00') })?.end({ name: 'x', attributes: {} });
  expect(exporter.getFinishedSpans()).toEqual([]);
});

it('links to each cause once', () => {
  noteSpan('send', { began: performance.now(), links: [caller, undefined, other, caller] });
  expect(only()?.links.map(({ context }) => context.traceId)).toEqual([
    '0af7651916cd43dd8448eb211c80319c',
    '1af7651916cd43dd8448eb211c80319c',
  ]);
});

it('notes a span a fact, with type and position', () => {
  noteFacts('apply', [{ type: 'CaseSubmitted', position: 7n, meta: { traceparent: caller } }], { began: 0 });
  expect(only()?.attributes).toEqual({ 'garda.event.type': 'CaseSubmitted', 'garda.event.position': 7 });
});

it('does nothing when nobody traces', () => {
  traceWith(undefined);
  expect([isTracing(), beginSpan('x', {})]).toEqual([false, undefined]);
  noteSpan('x', { began: 0 });
  noteFacts('x', [{ type: 'T', position: 1n, meta: {} }], { began: 0 });
  expect(exporter.getFinishedSpans()).toEqual([]);
});
