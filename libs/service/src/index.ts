export { CaseClock } from './case-clock';
export { WithoutLog } from './command-gate';
export {
  baseEnv,
  ConfigError,
  databaseEnv,
  jwk,
  kafkaEnv,
  loadConfig,
  secret,
  type BaseConfig,
  type Mode,
} from './config';
export { kafkaSettings, prepareDatabase } from './connections';
export type { Fault } from './faults';
export { gaugeConsumerLag, gaugeLogs, gaugeProgress } from './gauges';
export { accessOf, Needs, Public, ServiceTokenGuard } from './guards';
export { Healing, type AdoptReport, type OwnLog } from './healing';
export type { ReadyCheck } from './health.controller';
export { Creates, requestHash } from './idempotency';
export { etagOf, IfMatch, parseIfMatch } from './if-match';
export { languageOf, languages, type Language } from './language';
export { createLog, type Log } from './logger';
export { gaugePool, gaugeRelayAge, gaugeTimers, LogMetrics } from './log-metrics';
export { Metrics, type Sample } from './metrics';
export { LoginError, programToken, tokenFor, type DemoLogin } from './oidc-login';
export { OidcVerifier, type OidcOptions } from './oidc-verifier';
export type { DocsOptions } from './openapi';
export { closedTopic, partitionCount } from './operations.controller';
export { Operations, type Digest, type OperationsOptions } from './operations';
export { decodeCursor, encodeCursor, linkNext, pageOf, pageQuery, type Page, type PageQuery } from './pages';
export { answerTo, Problem, problemDocument, type Answer, type ProblemDocument } from './problem';
export { isProblemCode, problemCodes, problems, type ProblemCode } from './problems';
export type { TechnicalCode } from './technical-codes';
export { gaugeConsumers, gaugeProjections, gaugeRelays } from './part-metrics';
export {
  Ctx,
  metaOf,
  principalOf,
  requestContextOf,
  setPrincipal,
  traceOf,
  type Principal,
  type RequestContext,
  type RequestTrace,
} from './request-context';
export {
  describeService,
  runService,
  startService,
  type BuiltService,
  type RunningService,
  type ServiceDefinition,
} from './run-service';
export { ServiceRuntime, type Part, type RuntimeParts, type RuntimeState } from './runtime';
export { bearerOf, signServiceToken, verifyServiceToken, type ServiceClaims } from './service-token';
export { type WorkStatus } from './works';
export { Rounds, type RoundsOptions } from './rounds';
export { TimerSweeper, type DueRow, type SweeperOptions } from './timer-sweeper';
export { watchLogs } from './watch-logs';
