import { Client } from 'pg';
import type { CaseFile, DatabaseSnapshot, LogSnapshot, StateRow } from './snapshot';

const time = (column: string): string => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Runs plain SQL as the superuser; numbers of these tables fit a double. */
async function withClient<T>(url: string, work: (ask: <Row>(sql: string) => Promise<Row[]>) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(async <Row>(sql: string) => (await client.query(sql)).rows as Row[]);
  } finally {
    await client.end();
  }
}

type Ask = Parameters<Parameters<typeof withClient>[1]>[0];

export function readDatabase(url: string, name: string): Promise<DatabaseSnapshot> {
  const hasLog = name !== 'gateway';
  return withClient(url, async (ask) => ({
    logs: hasLog
      ? [
          await readLog(ask, 'log', `garda.${name}.v1`),
          await readLog(ask, 'log_restricted', `garda.${name}.restricted.v1`),
        ]
      : [],
    cursors: await ask('select consumer, topic, partition, seq::int as seq from consume.consumer_cursor'),
    parked: await ask(
      'select consumer, key, error_code as "errorCode" from consume.parked order by consumer, key, seq',
    ),
    projections: await ask('select projection as name, log, position::int as position from consume.projection_cursor'),
    moves: await ask(`select what, place, was::int as was, became::int as became, revision_was::int as "revisionWas",
        revision_became::int as "revisionBecame" from watched.moves order by id`),
    states: hasLog
      ? await ask<StateRow>(
          'select case_id as "caseId", version::int as version, state::text as state from read.case_state',
        )
      : [],
  }));
}

async function readLog(ask: Ask, schema: string, topic: string): Promise<LogSnapshot> {
  const events = await ask<LogSnapshot['events'][number]>(
    `select position::int as position, stream_id as "streamId", version::int as version, event_id as "eventId", type,
        schema_version as "schemaVersion", data::text as data, meta::text as meta, ${time('occurred_at')} as "occurredAt",
        ${time('recorded_at')} as "recordedAt", key_hash as "keyHash", meta->>'commandId' as "commandId",
        meta->>'causationId' as "causationId" from ${schema}.events order by ${schema}.events.position`,
  );
  const commands = await ask<LogSnapshot['commands'][number]>(
    `select command_id as "commandId", stream_id as "streamId", version::int as version, position::int as position from ${schema}.commands`,
  );
  const [checkpoint] = await ask<{ position: number; seqs: number[] }>(
    `select position::int as position, seqs::int[] as seqs from ${schema}.relay_checkpoint where topic = '${topic}'`,
  );
  return { topic, events, commands, checkpoint };
}

interface FileRow {
  readonly case_id: string;
  readonly [column: string]: string | number | null;
}

export function readGatewayViews(url: string): Promise<{ caseFiles: CaseFile[]; timeline: string[] }> {
  return withClient(url, async (ask) => {
    const contexts = ['intake', 'routing', 'resolution'];
    const columns = contexts.map((one) => `${one}_version, ${one}_state::text as ${one}_state`).join(', ');
    const files = await ask<FileRow>(`select case_id, ${columns} from read.case_file_v4`);
    const lines = await ask<{ line: string }>(
      `select case_id || '/' || context || '/' || version || '/' || type as line from read.case_timeline_v4`,
    );
    const caseFiles = files.map((row) => ({
      caseId: row.case_id,
      sections: Object.fromEntries(
        contexts.map((one) => {
          const [version, state] = [row[`${one}_version`], row[`${one}_state`]];
          return [one, version === null ? undefined : { version: Number(version), state: String(state) }];
        }),
      ),
    }));
    return { caseFiles, timeline: lines.map(({ line }) => line) };
  });
}

export function readPublicCases(url: string): Promise<string[]> {
  return withClient(url, async (ask) =>
    (await ask<{ id: string }>('select case_id as id from read.public_cases')).map(({ id }) => id),
  );
}
