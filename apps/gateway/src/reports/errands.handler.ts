import type { RecordedEvent, ResolutionData, RoutingData } from '@garda/contracts';
import type { TopicHandler } from '@garda/messaging';
import type { PoolClient } from 'pg';

export const errandsConsumer = 'errands@1';

/**
 * Keeps trips, and who sent papers on, from resolution's topic and moves of cases from routing's. Each fact writes what it says and nothing that
 * another one wrote, so a redelivery changes nothing and the two topics may come in any order.
 */
export function errandsHandler(topics: { readonly routing: string; readonly resolution: string }): TopicHandler {
  return {
    name: errandsConsumer,
    topics: [topics.routing, topics.resolution],
    wants: ({ type }) => heard.has(type),
    apply: async (client, batch, { topic }) => {
      if (topic === topics.routing) await addMoves(client, batch);
      else {
        await addTrips(client, batch);
        await addSent(client, batch);
      }
    },
  };
}

const heard = new Set(['StageHandedOver', 'CaseRouted', 'TripRecorded', 'TripApproved', 'DocumentsHandedOver']);

const insertTrips = `
  insert into read.trip_v1 (trip_id, unit, to_unit, date, cases, kilometres, cost_line, cost)
  select r.trip_id, r.unit, r.to_unit, r.date, array(select json_array_elements_text(r.cases)::uuid), r.kilometres,
         r.cost_line, r.cost
    from json_to_recordset($1::json) as r(trip_id uuid, unit text, to_unit text, date date, cases json,
      kilometres int, cost_line text, cost bigint)
    order by r.trip_id
  on conflict do nothing`;

async function addTrips(client: PoolClient, batch: readonly RecordedEvent[]): Promise<void> {
  const recorded = batch.filter(({ type }) => type === 'TripRecorded').map(tripOf);
  if (recorded.length > 0) await client.query(insertTrips, [JSON.stringify(recorded)]);
  const approved = batch.filter(({ type }) => type === 'TripApproved');
  if (approved.length === 0) return;
  const ids = approved.map(({ data }) => (data as ResolutionData<'TripApproved'>).tripId);
  await client.query('update read.trip_v1 set approved = true where trip_id = any($1::uuid[])', [ids]);
}

function tripOf({ data }: RecordedEvent) {
  const { tripId, unit, to, date, cases, kilometres, costLine, cost } = data as ResolutionData<'TripRecorded'>;
  return { trip_id: tripId, unit, to_unit: to, date, cases, kilometres, cost_line: costLine, cost };
}

const insertSent = `
  insert into read.papers_sent_v1 (case_id, unit)
  select distinct r.case_id, r.unit from json_to_recordset($1::json) as r(case_id uuid, unit text) order by 1, 2
  on conflict do nothing`;

async function addSent(client: PoolClient, batch: readonly RecordedEvent[]): Promise<void> {
  const sent = batch
    .filter(({ type }) => type === 'DocumentsHandedOver')
    .map(({ data }) => {
      const { caseId, unit } = data as ResolutionData<'DocumentsHandedOver'>;
      return { case_id: caseId, unit };
    });
  if (sent.length > 0) await client.query(insertSent, [JSON.stringify(sent)]);
}

const insertMoves = `
  insert into read.case_move_v1 (case_id, version, from_unit, to_unit, at)
  select r.case_id, r.version, r.from_unit, r.to_unit, r.at
    from json_to_recordset($1::json) as r(case_id uuid, version int, from_unit text, to_unit text, at timestamptz)
    order by r.case_id, r.version
  on conflict do nothing`;

async function addMoves(client: PoolClient, batch: readonly RecordedEvent[]): Promise<void> {
  const moves = batch.flatMap((event) => moveOf(event) ?? []);
  if (moves.length > 0) await client.query(insertMoves, [JSON.stringify(moves)]);
}

/** On from stage to stage, or from the desk that took it to the first unit. A transfer is rework and saves nobody a way. */
function moveOf({ type, data, version, recordedAt }: RecordedEvent) {
  if (type === 'StageHandedOver') {
    const { caseId, from, unit } = data as RoutingData<'StageHandedOver'>;
    return { case_id: caseId, version, from_unit: from, to_unit: unit, at: recordedAt };
  }
  if (type !== 'CaseRouted') return undefined;
  const { caseId, unit, offer } = data as RoutingData<'CaseRouted'>;
  return offer === 1 ? { case_id: caseId, version, from_unit: null, to_unit: unit, at: recordedAt } : undefined;
}
