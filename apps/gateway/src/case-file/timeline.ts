import { caseIdOf, type Context, type LineName, type RecordedEvent } from '@garda/contracts';
import type { PoolClient } from 'pg';
import { fileViews } from './file-views';

const insertRows = (line: LineName): string => `
  insert into read.${fileViews[line].timelineTable}
    (case_id, context, version, type, recorded_at, occurred_at, actor_kind, actor_unit, officer)
  select r.case_id, $1, r.version, r.type, r.recorded_at, r.occurred_at, r.actor_kind, r.actor_unit, r.officer
    from json_to_recordset($2::json) as r(case_id uuid, version int, type text, recorded_at timestamptz,
      occurred_at timestamptz, actor_kind text, actor_unit text, officer text)
    order by r.case_id, r.version
  on conflict do nothing`;

/** What happened, by whose hand: kind and unit of the actor, and the officer where one was assigned. */
export async function addToTimeline(
  client: PoolClient,
  { line, context }: { line: LineName; context: Context },
  events: readonly RecordedEvent[],
): Promise<void> {
  const values = [context, JSON.stringify(events.map((event) => rowOf(line, event)))];
  await client.query({ name: `timeline.${line}`, text: insertRows(line), values });
}

function rowOf(line: LineName, event: RecordedEvent) {
  const { actor } = event.meta;
  return {
    case_id: caseIdOf(line, event),
    version: event.version,
    type: event.type,
    recorded_at: event.recordedAt,
    occurred_at: event.occurredAt,
    actor_kind: actor.kind,
    actor_unit: 'unit' in actor ? (actor.unit ?? null) : null,
    officer: event.type === 'OfficerAssigned' ? (event.data as { officer: string }).officer : null,
  };
}
