export { eventLogMigrations, type MigrationClass } from './migrations';
export {
  expected,
  type AppendOutcome,
  type AppendRequest,
  type Evolve,
  type Expected,
  type JsonValue,
  type LoadedStream,
  type LogSchema,
  type StoredCommand,
} from './types';
