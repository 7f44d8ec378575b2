import { createHash } from 'node:crypto';
import type { Command } from '../src/load/told';
import {
  consumersOf,
  topicOf,
  type EventRow,
  type LogSnapshot,
  type Snapshot,
  type TopicRecord,
} from '../src/oracle/snapshot';
import { commandIdOf } from '../src/oracle/uuid';

/** A small system in which everything is as it must be: specs spoil one thing of it and expect the oracle to see that. */
export interface Sound {
  readonly commands: Command[];
  readonly snapshot: Mutable<Snapshot>;
}
type Mutable<T> =
  T extends ReadonlyMap<infer K, infer V>
    ? Map<K, Mutable<V>>
    : T extends object
      ? { -readonly [K in keyof T]: Mutable<T[K]> }
      : T;

const cases = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'];
const at = (position: number): string => `2026-03-02T01:00:00.${String(position).padStart(6, '0')}Z`;
const idOf = (...parts: string[]): string => createHash('sha1').update(parts.join('/')).digest('hex');

export function soundSystem(): Sound {
  const commands = cases.map((caseId, i) => submitted(caseId, `00000000-0000-4000-8000-00000000000${i}`));
  const logs = {
    intake: logOf(
      'intake',
      cases.map((caseId, i) =>
        event('intake', caseId, {
          position: i + 1,
          type: 'CaseSubmitted',
          commandId: idOfCommand(commands[i] as Command),
        }),
      ),
    ),
    routing: logOf(
      'routing',
      cases.map((caseId, i) =>
        event('routing', caseId, { position: i + 1, type: 'CaseEntered', causedBy: idOf('intake', caseId, '1') }),
      ),
    ),
    resolution: logOf(
      'resolution',
      cases.map((caseId, i) =>
        event('resolution', caseId, { position: i + 1, type: 'CaseKnown', causedBy: idOf('routing', caseId, '1') }),
      ),
    ),
  };
  const topics = new Map<string, TopicRecord[]>();
  for (const log of Object.values(logs)) topics.set(log.topic, recordsOf(log));
  const states = cases.map((caseId) => ({ caseId, version: 1, state: '{"status":"open"}' }));
  const database = (name: string, own: LogSnapshot[]) => ({
    logs: own,
    cursors: Object.entries(consumersOf[name] ?? {}).flatMap(([consumer, heard]) =>
      heard.map((topic) => ({ consumer, topic, partition: 0, seq: 2 })),
    ),
    parked: [],
    projections: own.length === 0 ? [] : [{ name: 'case_state', log: 'log', position: 2 }],
    moves: [{ what: 'cursor', place: 'x', was: 0, became: 2, revisionWas: 0, revisionBecame: 1 }],
    states: own.length === 0 ? [] : states,
  });
  const contexts = ['intake', 'routing', 'resolution'] as const;
  const snapshot = {
    databases: {
      ...Object.fromEntries(contexts.map((one) => [one, database(one, [logs[one]])])),
      gateway: database('gateway', []),
    },
    topics,
    caseFiles: cases.map((caseId) => ({
      caseId,
      sections: Object.fromEntries(contexts.map((one) => [one, { version: 1, state: '{"status":"open"}' }])),
    })),
    timeline: contexts.flatMap((one) => logs[one].events.map(({ type }, i) => `${cases[i]}/${one}/1/${type}`)),
    publicCases: [...cases],
  };
  return { commands, snapshot: snapshot as unknown as Sound['snapshot'] };
}

const idOfCommand = ({ principal, route, key }: Command): string => commandIdOf(principal, route, key);

function submitted(caseId: string, key: string): Command {
  return {
    ...{ kind: 'submit', context: 'intake', principal: 'citizen', route: 'POST /cases', key, target: 'intake' },
    ...{ path: '/cases', headers: {}, body: {}, answers: ['201'], silentBusy: 0 },
    told: { kind: 'acknowledged', status: 201, stream: `case-${caseId}`, version: 1 },
  };
}

function event(
  context: string,
  caseId: string,
  of: { position: number; type: string; commandId?: string; causedBy?: string },
): EventRow {
  const commandId = of.commandId ?? commandIdOf(context, caseId, of.type);
  return {
    ...{ position: of.position, type: of.type, commandId, causationId: of.causedBy ?? null },
    ...{ streamId: `case-${caseId}`, version: 1, eventId: idOf(context, caseId, '1'), schemaVersion: 1 },
    ...{
      data: `{"caseId":"${caseId}","content":"public","terms":{"publicity":"place"}}`,
      meta: `{"commandId":"${commandId}"}`,
      occurredAt: at(of.position),
      recordedAt: at(of.position),
      keyHash: 0,
    },
  };
}

function logOf(context: string, events: EventRow[]): LogSnapshot {
  return {
    topic: topicOf(context),
    events,
    commands: events.map(({ commandId, streamId, version, position }) => ({ commandId, streamId, version, position })),
    checkpoint: { position: events.length, seqs: [events.length] },
  };
}

/** What the relay would have written, into the first partition. */
function recordsOf({ events }: LogSnapshot): TopicRecord[] {
  return events.map((one, i) => ({
    partition: 0,
    offset: i,
    key: one.streamId.slice('case-'.length),
    value: one.data,
    headers: {
      ...{
        seq: String(i + 1),
        ce_id: one.eventId,
        ce_type: one.type,
        ce_subject: one.streamId,
        ce_time: one.occurredAt,
      },
      ...{
        position: String(one.position),
        version: '1',
        schema_version: '1',
        recorded_at: one.recordedAt,
        key_hash: '0',
        meta: one.meta,
      },
    },
  }));
}
