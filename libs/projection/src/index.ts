export { type DueRow } from './due';
export { foldProjection, type ChangedCase, type FoldProjectionOptions, type Row } from './fold-projection';
export { CursorMissingError, ProjectionGapError, type LocalProjection, type ProjectionStatus } from './projection';
export { Rebuild, RebuildError, type Comparison, type RebuildCode } from './rebuild';
export { RebuildRunners } from './rebuild-runners';
export { ProjectionRunner, type ProjectionRunnerOptions } from './projection-runner';
export { ensureView, pointView, tableName } from './tables';
export { inTransaction } from './transaction';
