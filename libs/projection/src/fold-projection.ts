import { canonicalJson, type RecordedEvent } from '@garda/contracts';
import type { Evolve, LogSchema } from '@garda/event-store';
import type { PoolClient } from 'pg';
import { replaceDue, setUpDue, type DueRow } from './due';
import { ProjectionGapError, type LocalProjection } from './projection';
import { ensureView, pointView, tableName } from './tables';

export type Row = Readonly<Record<string, unknown>>;

/** A case that a batch changed. */
export interface ChangedCase<S> {
  readonly caseId: string;
  readonly version: number;
  readonly state: S;
  readonly events: readonly RecordedEvent[];
}

export interface FoldProjectionOptions<S> {
  readonly name: string;
  /** To be raised whenever fold, columns or clocks change: the table is then filled again from the first event. */
  readonly version: number;
  readonly log?: LogSchema;
  /** The case of an event, or undefined when it is about none. All events of a case are of one stream. */
  caseIdOf(event: RecordedEvent): string | undefined;
  /** States are plain JSON: what is read back from the table folds on as if it had never been stored. */
  readonly fold: Evolve<S>;
  /** Columns to find cases by: name and SQL type. */
  readonly columns?: Readonly<Record<string, string>>;
  /** The values of these columns. */
  toRow?(state: S, caseId: string): Row;
  /** Behind `create index … on table`: `(unit) where closed_at is null`. */
  readonly indexes?: readonly string[];
  /** The clocks of a case, for sweepers: rows of the view `read.due` (or of another name). */
  dueRows?(state: S, caseId: string): readonly DueRow[];
  readonly dueName?: string;
  /** More tables, by plain name: `read.<name>_v<version>` behind the view `read.<name>`. */
  readonly more?: readonly string[];
  /** Makes them for a build when they are missing. */
  setUp?(client: PoolClient, version: number): Promise<void>;
  /** Their rows, from the states that changed, in the same transaction. */
  after?(client: PoolClient, changed: readonly ChangedCase<S>[], version: number): Promise<void>;
}

/**
 * One row a case: the folded state in canonical JSON and the version of its stream, in `read.<name>_v<version>` behind
 * the view `read.<name>`. A batch is folded per case in memory and written by one upsert. An event that comes again
 * changes nothing; one that is missing stops the projection (PROJECTION_GAP).
 */
export function foldProjection<S>(options: FoldProjectionOptions<S>): LocalProjection {
  const { name, version, dueName = 'due' } = options;
  const dueTable = options.dueRows === undefined ? undefined : tableName(dueName, version);
  const views = [name, ...(dueTable === undefined ? [] : [dueName]), ...(options.more ?? [])];
  return {
    name,
    version,
    log: options.log ?? 'log',
    at: (build) => foldProjection({ ...options, version: build }),
    tables: views.map((view) => tableName(view, version)),
    setUp: async (client) => {
      await client.query(tableSql(options));
      if (dueTable !== undefined) await setUpDue(client, dueName, version);
      await options.setUp?.(client, version);
      for (const view of views) await ensureView(client, view, version);
    },
    goLive: async (client) => {
      for (const view of views) await pointView(client, view, version);
    },
    apply: async (client, batch) => {
      const changed = await foldBatch(client, options, batch);
      if (changed.length === 0) return;
      await upsert(client, options, changed);
      if (dueTable !== undefined) {
        const clocks = changed.map(({ caseId, state }) => [caseId, options.dueRows?.(state, caseId) ?? []] as const);
        await replaceDue(client, dueTable, new Map(clocks));
      }
      await options.after?.(client, changed, version);
    },
  };
}

function tableSql<S>({ name, version, columns = {}, indexes = [] }: FoldProjectionOptions<S>): string {
  const table = tableName(name, version);
  const more = Object.entries(columns).map(([column, type]) => `, ${column} ${type}`);
  return [
    `create table if not exists ${table} (case_id text primary key, version bigint not null, state json not null${more.join('')})`,
    ...indexes.map((on, i) => `create index if not exists ${name}_v${version}_${i + 1} on ${table} ${on}`),
  ].join(';\n');
}

interface StoredRow {
  readonly case_id: string;
  readonly version: string;
  readonly state: string;
}

async function foldBatch<S>(
  client: PoolClient,
  { name, version, caseIdOf, fold }: FoldProjectionOptions<S>,
  batch: readonly RecordedEvent[],
): Promise<ChangedCase<S>[]> {
  const perCase = new Map<string, RecordedEvent[]>();
  for (const event of batch) {
    const caseId = caseIdOf(event);
    if (caseId === undefined) continue;
    const events = perCase.get(caseId);
    if (events === undefined) perCase.set(caseId, [event]);
    else events.push(event);
  }
  if (perCase.size === 0) return [];
  const { rows } = await client.query<StoredRow>(
    `select case_id, version::text as version, state::text as state from ${tableName(name, version)} where case_id = any($1)`,
    [[...perCase.keys()]],
  );
  const stored = new Map(rows.map((row) => [row.case_id, row]));
  const changed: ChangedCase<S>[] = [];
  for (const [caseId, events] of perCase) {
    const one = foldCase(fold, { caseId, events, row: stored.get(caseId) });
    if (one !== undefined) changed.push(one);
    await breathe(changed.length);
  }
  return changed;
}

function foldCase<S>(
  fold: Evolve<S>,
  of: { caseId: string; events: readonly RecordedEvent[]; row: StoredRow | undefined },
): ChangedCase<S> | undefined {
  const { caseId, events, row } = of;
  const seen = Number(row?.version ?? 0);
  const fresh = events.filter((event) => event.version > seen);
  if (fresh.length === 0) return undefined;
  requireNext(seen, fresh);
  const before = row === undefined ? fold.initial : (JSON.parse(row.state) as S);
  const state = fresh.reduce((s, event) => fold.evolve(s, event), before);
  return { caseId, version: seen + fresh.length, state, events: fresh };
}

const casesAtOnce = 10;

/** A rebuild folds without end in the process that answers requests: after each few cases the others have their turn. */
async function breathe(done: number): Promise<void> {
  if (done % casesAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
}

function requireNext(seen: number, fresh: readonly RecordedEvent[]): void {
  for (const [i, event] of fresh.entries())
    if (event.version !== seen + i + 1)
      throw new ProjectionGapError(`${event.streamId}: version ${event.version} after ${seen + i}`);
}

async function upsert<S>(
  client: PoolClient,
  { name, version, columns = {}, toRow }: FoldProjectionOptions<S>,
  changed: readonly ChangedCase<S>[],
): Promise<void> {
  const extra = Object.keys(columns);
  const rows: string[] = [];
  for (const { state, caseId, version: at } of changed) {
    // The state as text inside, so that its bytes stay canonical.
    rows.push(JSON.stringify({ ...toRow?.(state, caseId), case_id: caseId, version: at, state: canonicalJson(state) }));
    await breathe(rows.length);
  }
  const types = extra.map((column) => `, ${column} ${columns[column]}`).join('');
  const named = extra.map((column) => `, ${column}`).join('');
  // Prepared: how rows are inserted does not hang on how many there are.
  await client.query({
    name: `projection.upsert.${tableName(name, version)}`,
    text: `insert into ${tableName(name, version)} (case_id, version, state${named})
       select case_id, version, state::json${named}
       from json_to_recordset($1) as r(case_id text, version bigint, state text${types}) order by case_id
     on conflict (case_id) do update set version = excluded.version, state = excluded.state${extra
       .map((column) => `, ${column} = excluded.${column}`)
       .join('')}`,
    values: [`[${rows.join(',')}]`],
  });
}
