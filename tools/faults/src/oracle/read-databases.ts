import { Client } from 'pg';
import { lines, type CaseFile, type DatabaseSnapshot, type LogSnapshot, type StateRow } from './snapshot';

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
    logs: hasLog ? await ofEachLine(async ({ schema, topicOf }) => [await readLog(ask, schema, topicOf(name))]) : [],
    cursors: await ask('select consumer, topic, partition, seq::int as seq from consume.consumer_cursor'),
    parked: await ask(
      'select consumer, key, error_code as "errorCode" from consume.parked order by consumer, key, seq',
    ),
    projections: await ask('select projection as name, log, position::int as position from consume.projection_cursor'),
    moves: await ask(`select what, place, was::int as was, became::int as became, revision_was::int as "revisionWas",
        revision_became::int as "revisionBecame" from watched.moves order by id`),
    states: hasLog
      ? await ofEachLine(({ states, stream }) =>
          ask<StateRow>(
            `select '${stream}' || case_id as "streamId", version::int as version, state::text as state from read.${states}`,
          ),
        )
      : [],
  }));
}

async function ofEachLine<T>(read: (line: (typeof lines)[number]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (const line of lines) found.push(...(await read(line))); // one connection: one question after the other
  return found;
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
  readonly stream_id: string;
  readonly [column: string]: string | number | null;
}

export function readGatewayViews(url: string): Promise<{ caseFiles: CaseFile[]; timeline: string[] }> {
  return withClient(url, async (ask) => {
    const contexts = ['intake', 'routing', 'resolution'];
    const columns = contexts.map((one) => `${one}_version, ${one}_state::text as ${one}_state`).join(', ');
    const rows = await ofEachLine(({ files, stream }) =>
      ask<FileRow>(`select '${stream}' || case_id as stream_id, ${columns} from read.${files}`),
    );
    const timeline = await ofEachLine(({ times, stream }) =>
      ask<{ line: string }>(
        `select '${stream}' || case_id || '/' || context || '/' || version || '/' || type as line from read.${times}`,
      ),
    );
    const caseFiles = rows.map((row) => ({
      streamId: row.stream_id,
      sections: Object.fromEntries(
        contexts.map((one) => {
          const [version, state] = [row[`${one}_version`], row[`${one}_state`]];
          return [one, version === null ? undefined : { version: Number(version), state: String(state) }];
        }),
      ),
    }));
    return { caseFiles, timeline: timeline.map(({ line }) => line) };
  });
}

export function readPublicCases(url: string): Promise<string[]> {
  return withClient(url, async (ask) =>
    (await ask<{ id: string }>('select case_id as id from read.public_cases')).map(({ id }) => id),
  );
}
