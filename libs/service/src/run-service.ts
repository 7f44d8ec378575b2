import 'reflect-metadata';
import type { CanActivate, DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { z } from 'zod';
import { registerBodyParsers } from './body-parsers';
import { ConfigError, loadConfig, type BaseConfig } from './config';
import { Drain } from './drain';
import { wordFaultsInEveryLanguage } from './faults';
import { refuseUnguardedRoutes } from './guards';
import { Health, type ReadyCheck } from './health.controller';
import { createLog, nestLogger, type Log } from './logger';
import { Metrics, routeOf } from './metrics';
import { serveMetrics, type MetricsServer } from './metrics-server';
import { openApiOf, serveDocs, type DocsOptions } from './openapi';
import type { Projections } from '@garda/projection';
import type { Healing } from './healing';
import type { Operations } from './operations';
import { endTrace, startTrace, traceOf } from './request-context';
import type { ServiceRuntime } from './runtime';
import { ServiceModule } from './service.module';
import { startTracing } from './tracing';

/** What an app brings; everything else is the same for all services. */
export interface BuiltService {
  readonly module: Type | DynamicModule;
  readonly runtime: ServiceRuntime;
  readonly guard: CanActivate;
  readonly checks?: readonly ReadyCheck[];
  readonly operations?: Operations;
  /** Only a service with a log has it. */
  readonly healing?: Healing;
  /** Only a service that projects its own log has it. */
  readonly projections?: Projections;
  readonly caseTime?: () => Promise<string>;
}

export interface ServiceDefinition<S extends z.ZodType<BaseConfig>> {
  /** Label of logs and metrics, audience of service tokens. */
  readonly name: string;
  readonly config: S;
  /** Left out: no reference page. */
  readonly docs?: DocsOptions;
  /** Wires the app. Connects to nothing: servers are reached when the runtime starts. */
  build(config: z.infer<S>, platform: { readonly log: Log; readonly metrics: Metrics }): BuiltService;
}

export interface RunningService {
  readonly app: NestFastifyApplication;
  readonly url: string;
  /** Where Prometheus scrapes; absent without METRICS_PORT. */
  readonly metricsUrl?: string;
  readonly runtime: ServiceRuntime;
  /** Requests under way are answered, then the runtime stops in reverse order. */
  close(): Promise<void>;
}

/** Whoever stops us may be less patient; this only ends what hangs. */
const stopWithin = 25_000;

/** Starts a service and answers as soon as it listens; its runtime goes on starting behind. For tests and {@link runService}. */
export async function startService<S extends z.ZodType<BaseConfig>>(
  definition: ServiceDefinition<S>,
  env: NodeJS.ProcessEnv,
): Promise<RunningService> {
  const config = loadConfig(definition.config, env);
  const log = createLog({ service: definition.name, level: config.LOG_LEVEL });
  const metrics = new Metrics(definition.name);
  const stopTracing = await startTracing(definition.name, config, log);
  const built = definition.build(config, { log, metrics });
  const { runtime } = built;
  let scraped: MetricsServer | undefined;
  try {
    await runtime.prepare();
    scraped = await metricsOf(config, metrics);
    const app = await assemble(definition, built, { log, metrics });
    const drain = new Drain(app.getHttpAdapter().getInstance());
    await app.listen(config.PORT, config.HOST);
    void runtime.run();
    const url = await app.getUrl();
    log.info({ port: Number(new URL(url).port), mode: config.GARDA_MODE }, 'listening');
    const close = async () => {
      await drain.close(app);
      await runtime.stop();
      await scraped?.close();
      await stopTracing();
    };
    return { app, url, runtime, close, ...(scraped === undefined ? {} : { metricsUrl: scraped.url }) };
  } catch (error) {
    await runtime.stop();
    await scraped?.close();
    await stopTracing();
    throw error;
  }
}

async function metricsOf(config: BaseConfig, metrics: Metrics): Promise<MetricsServer | undefined> {
  const { METRICS_PORT: port, METRICS_HOST: host } = config;
  return port === undefined ? undefined : serveMetrics(metrics, { port, host });
}

/** The whole of an app's `main`: starts, stays until SIGTERM or SIGINT, stops in order and exits 0. */
export async function runService<S extends z.ZodType<BaseConfig>>(definition: ServiceDefinition<S>): Promise<void> {
  const log = createLog({ service: definition.name });
  process.once('uncaughtException', (err) => die(log, err, 'a fault that nobody caught'));
  try {
    const service = await startService(definition, process.env);
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => void stop(service, log, signal).catch((err: unknown) => die(log, err, 'not stopped')));
  } catch (error) {
    if (error instanceof ConfigError) {
      process.stderr.write(`${definition.name}: ${error.message}\n`);
      process.exit(1);
    } else die(log, error, 'not started');
  }
}

/** The OpenAPI document without a server: the app is wired, never started. */
export async function describeService<S extends z.ZodType<BaseConfig>>(
  definition: ServiceDefinition<S>,
  env: NodeJS.ProcessEnv,
): Promise<OpenAPIObject> {
  if (definition.docs === undefined) throw new Error(`${definition.name} has no reference page`);
  const log = createLog({ service: definition.name, level: 'silent' });
  const metrics = new Metrics(definition.name);
  const built = definition.build(loadConfig(definition.config, env), { log, metrics });
  const app = await assemble({ name: definition.name }, built, { log, metrics });
  const document = openApiOf(app, definition.docs);
  await app.close();
  await built.runtime.stop();
  return document;
}

async function assemble(
  definition: { readonly name: string; readonly docs?: DocsOptions },
  built: BuiltService,
  { log, metrics }: { readonly log: Log; readonly metrics: Metrics },
): Promise<NestFastifyApplication> {
  wordFaultsInEveryLanguage();
  const { module, guard, runtime, operations, healing, projections } = built;
  const running = { name: 'runtime', check: () => Promise.resolve(runtime.state === 'running') };
  const refused = (): string | undefined => (runtime.state === 'refused' ? runtime.reason : undefined);
  const health = new Health([running, ...(built.checks ?? [])], built.caseTime, refused);
  const root = ServiceModule.around({ module, guard, runtime, operations, healing, projections, health, log });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapterFor(log, metrics), {
    logger: nestLogger(log),
    bodyParser: false,
    abortOnError: false,
  });
  refuseUnguardedRoutes(app);
  if (definition.docs !== undefined) serveDocs(app, openApiOf(app, definition.docs));
  return app;
}

function adapterFor(log: Log, metrics: Metrics): FastifyAdapter {
  const adapter = new FastifyAdapter({
    logger: false,
    trustProxy: false,
    bodyLimit: 1024 * 1024,
    return503OnClosing: false, // its own would say neither who we are nor when to come back: see Drain
    http: { maxHeaderSize: 32 * 1024 },
  });
  const fastify = adapter.getInstance();
  registerBodyParsers(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    startTrace(request, reply);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    metrics.observe(request, reply);
    endTrace(request, reply);
    const { method } = request;
    const fields = { method, route: routeOf(request), status: reply.statusCode, ...timeOf(reply) };
    log.info({ ...fields, correlationId: traceOf(request).correlationId }, 'answered');
    done();
  });
  return adapter;
}

const timeOf = (reply: { elapsedTime: number }) => ({ durationMs: Math.round(reply.elapsedTime * 10) / 10 });

async function stop(service: RunningService, log: Log, signal: string): Promise<never> {
  log.info({ signal }, 'stopping');
  const late = setTimeout(() => die(log, new Error('stopping takes too long'), 'not stopped in time'), stopWithin);
  await service.close().finally(() => clearTimeout(late));
  log.info('stopped');
  log.flush();
  process.exit(0);
}

function die(log: Log, err: unknown, message: string): never {
  log.fatal({ err }, message);
  log.flush();
  process.exit(1);
}
