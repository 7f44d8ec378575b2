import { traceWith } from '@garda/tracing';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { BaseConfig } from './config';
import type { Log } from './logger';

const stopWithin = 2_000;

/**
 * Spans of this process go to the collector that is configured; without one nothing is loaded and nothing is made.
 * Sampling is OpenTelemetry's own (`OTEL_TRACES_SAMPLER`): all, unless the caller says no. Answers how to end it.
 */
export async function startTracing(service: string, config: BaseConfig, log: Log): Promise<() => Promise<void>> {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return () => Promise.resolve();
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': `garda-${service}`,
      'deployment.environment.name': config.GARDA_MODE,
    }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  traceWith(provider.getTracer('garda'));
  return async () => {
    traceWith(undefined);
    // A collector that is away must not keep the service from stopping.
    const sent = provider.shutdown().catch((err: unknown) => log.warn({ err }, 'the last spans were not sent'));
    await Promise.race([sent, pause(stopWithin)]);
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
