export { answeredBefore, storedBy } from './answers';
export { DecisionRunner, type Ask, type Decided, type Given, type Rule } from './decision-runner';
export { encodeBatch, maxEventBytes } from './encode';
export {
  CommandBarredError,
  ConflictError,
  EventTooLargeError,
  InvalidRequestError,
  KeyReusedError,
  LogClosedError,
  LogError,
  LogUnavailableError,
  OverloadedError,
  RefusedAppend,
  SchemaNewerError,
  StaleVersionError,
} from './errors';
export { EventLog, type EventLogOptions, type AppendAnswer } from './event-log';
export { commandId, keyHash, newEventId } from './ids';
export { LogWatch, type LogWatchOptions } from './log-watch';
export { migrate } from './migrate';
export { eventLogMigrations, type MigrationClass } from './migrations';
export { listenFromTheStart, openPool } from './pool';
export { caseNow, eventColumns, isoUtc, toRecordedEvent, type EventRow } from './rows';
export { isTransient, sqlState } from './sqlstate';
export { reactSql } from './statements';
export { inTransaction, type Durability, type TransactionOptions } from './transaction';
export {
  expected,
  type AppendOutcome,
  type AppendRequest,
  type BarRequest,
  type Evolve,
  type Expected,
  type JsonValue,
  type LoadedStream,
  type LogSchema,
  type StoredCommand,
} from './types';
