import type { RecordedEvent } from '@garda/contracts';
import { TopicConsumer } from '@garda/messaging';
import { clientFor } from '@garda/testing';
import { traceWith } from '@garda/tracing';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { withIntake } from '../test/harness';
import { lamp, submit } from '../test/submissions';

const intake = withIntake();
const exporter = new InMemorySpanExporter();
const caller = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };

const spans = (): ReadableSpan[] => exporter.getFinishedSpans();
const ofTheCall = (): ReadableSpan[] => spans().filter((span) => span.spanContext().traceId === caller.trace);
const named = (name: RegExp): ReadableSpan[] => ofTheCall().filter((span) => name.test(span.name));

beforeAll(() => {
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  traceWith(provider.getTracer('spec'));
});
afterAll(() => traceWith(undefined));

it('one trace follows a case from the request over log and topic to the projections, and holds nothing personal', async () => {
  const { topics, database, until } = intake();
  const seen: string[] = [];
  const reader = new TopicConsumer({
    kafka: clientFor(topics.settings),
    groupId: topics.groupId('trace'),
    pool: database.pool,
    handler: {
      name: 'case-file@6',
      topics: [topics.name.own],
      apply: async (_client, batch: readonly RecordedEvent[]) => void seen.push(...batch.map((one) => one.type)),
    },
  });
  await reader.start();
  try {
    await submit(intake(), lamp, { traceparent: `00-${caller.trace}-${caller.span}-01` });
    await until(() => seen.includes('CaseSubmitted') && named(/^process /).length > 0 && named(/^project /).length > 0);
  } finally {
    await reader.stop();
  }

  const [request] = named(/^POST \/cases$/);
  expect(request?.parentSpanContext?.spanId).toBe(caller.span);
  expect(request?.attributes).toMatchObject({ 'http.route': '/cases', 'http.response.status_code': 201 });
  const below = ['append', 'process case-file@6', 'project case_state'];
  for (const name of below) {
    const found = ofTheCall().filter((span) => span.name === name);
    expect([name, found.length > 0]).toEqual([name, true]);
    for (const span of found) expect(span.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
  }

  const sends = spans().filter((span) => span.name === `send ${topics.name.own}`);
  const linked = sends.flatMap((span) => span.links).map(({ context }) => context);
  expect(linked).toContainEqual(
    expect.objectContaining({ traceId: caller.trace, spanId: request?.spanContext().spanId }),
  );

  const told = JSON.stringify(spans().map((span) => [span.name, span.attributes, span.status, span.events]));
  for (const personal of [lamp.person.name, lamp.person.phone, 'mosque', 'Siti']) expect(told).not.toContain(personal);
});
