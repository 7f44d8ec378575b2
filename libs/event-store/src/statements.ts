import { caseNow, eventColumns } from './rows';
import type { LogSchema } from './types';

const parameters = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `$${from + i}`).join(',');

/** Read in the same statement as the append it moves. */
const ahead = '(select ahead from clock.case_clock)';

/** What append(), append_one() and bar() are called with; `name` keeps the plan on the connection. */
export const appendStatements = (schema: LogSchema) => ({
  batch: { name: `${schema}.append`, text: `select * from ${schema}.append(${parameters(1, 15)}, ${ahead})` },
  one: { name: `${schema}.append_one`, text: `select * from ${schema}.append_one(${parameters(1, 12)}, ${ahead})` },
  all: { name: `${schema}.append_all`, text: `select * from ${schema}.append_all(${parameters(1, 15)}, ${ahead})` },
  bar: { name: `${schema}.bar`, text: `select * from ${schema}.bar(${parameters(1, 3)}, ${ahead})` },
});

/**
 * A reaction's statement: $1 consumer, $2 topic, $3 partition, $4 the cursor's revision, $5 last seq, $6 next offset,
 * then the arrays of `encodeBatch`. It answers `head`, the last position it brought, or null when it appended nothing.
 * GA001: the cursor moved; GA002: an append was refused. To be sent outside BEGIN.
 */
export const reactSql = (schema: LogSchema) => ({
  name: `${schema}.react`,
  text: `select ${schema}.react(${parameters(1, 21)}, ${ahead})::text as head`,
});

/** One statement, one snapshot: the clock, the command if it was answered before, and the stream in order. */
export const loadStatement = (schema: LogSchema) => ({
  name: `${schema}.load`,
  text: `select h.*, ${eventColumns}
    from (select ${caseNow} as now, c.command_id, c.request_hash, c.version::text as command_version,
                 c.position::text as command_position, c.result::text as command_result
            from (select 1) one left join ${schema}.commands c on c.command_id = $2) h
    left join ${schema}.events e on e.stream_id = $1
    order by e.version`,
});

export const loadManyStatement = (schema: LogSchema) => ({
  name: `${schema}.load_many`,
  text: `select h.now, ${eventColumns}
    from (select ${caseNow} as now) h left join ${schema}.events e on e.stream_id = any($1)
    order by e.stream_id, e.version`,
});

export const readFromStatement = (schema: LogSchema) => ({
  name: `${schema}.read_from`,
  text: `select ${eventColumns} from ${schema}.events e where e.position > $1 order by e.position limit $2`,
});

export const readStreamStatement = (schema: LogSchema) => ({
  name: `${schema}.read_stream`,
  text: `select ${eventColumns} from ${schema}.events e where e.stream_id = $1 and e.version > $2 order by e.version`,
});

export const headStatement = (schema: LogSchema) => ({
  name: `${schema}.head`,
  text: `select e.position::text as position from ${schema}.events e order by e.position desc limit 1`,
});
