export { type DueRow } from './due';
export { foldProjection, type ChangedCase, type FoldProjectionOptions, type Row } from './fold-projection';
export { CursorMissingError, ProjectionGapError, type LocalProjection, type ProjectionStatus } from './projection';
export { Projections, type ProjectionRow } from './projections';
export { RebuildError } from './rebuild';
export { ProjectionRunner, type ProjectionRunnerOptions } from './projection-runner';
export { ProjectionSteps } from './steps';
export { ensureView, pointView, tableName } from './tables';
export { tablesProjection, type TableNames, type TablesProjectionOptions } from './tables-projection';
