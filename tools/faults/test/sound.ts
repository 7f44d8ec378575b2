import { createHash } from 'node:crypto';
import type { Command } from '../src/load/told';
import {
  consumersOf,
  restrictedTopicOf,
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

const contexts = ['intake', 'routing', 'resolution'] as const;
/** Two cases, and a report of an illegal levy. */
const cases = {
  open: ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'],
  restricted: ['018f0000-0000-7000-8000-000000000003'],
} as const;
type Line = keyof typeof cases;
const lineNames = ['open', 'restricted'] as const;
const streamsOf = (line: Line): string[] => cases[line].map((id) => `${line === 'open' ? 'case' : 'levy'}-${id}`);
const at = (position: number): string => `2026-03-02T01:00:00.${String(position).padStart(6, '0')}Z`;
const idOf = (...parts: string[]): string => createHash('sha1').update(parts.join('/')).digest('hex');

export function soundSystem(): Sound {
  const commands = lineNames.flatMap((line) =>
    streamsOf(line).map((stream, i) => submitted(line, stream, `00000000-0000-4000-8000-${line.length}0000000000${i}`)),
  );
  const logs = lineNames.flatMap((line) =>
    contexts.map((context) => ({ context, log: logOf(line, context, commands) })),
  );
  const streams = lineNames.flatMap(streamsOf);
  const states = streams.map((streamId) => ({ streamId, version: 1, state: '{"status":"open"}' }));
  const database = (name: string) => {
    const own = logs.filter(({ context }) => context === name).map(({ log }) => log);
    return {
      logs: own,
      cursors: Object.entries(consumersOf[name] ?? {}).flatMap(([consumer, heard]) =>
        heard.map((topic) => ({ consumer, topic, partition: 0, seq: topic.includes('restricted') ? 1 : 2 })),
      ),
      parked: [],
      projections: own.length === 0 ? [] : [{ name: 'case_state', log: 'log', position: 2 }],
      moves: [{ what: 'cursor', place: 'x', was: 0, became: 2, revisionWas: 0, revisionBecame: 1 }],
      states: own.length === 0 ? [] : states,
    };
  };
  const snapshot = {
    databases: Object.fromEntries([...contexts, 'gateway'].map((name) => [name, database(name)])),
    topics: new Map(logs.map(({ log }) => [log.topic, recordsOf(log)])),
    caseFiles: streams.map((streamId) => ({
      streamId,
      sections: Object.fromEntries(contexts.map((one) => [one, { version: 1, state: '{"status":"open"}' }])),
    })),
    timeline: logs.flatMap(({ context, log }) =>
      log.events.map(({ streamId, version, type }) => `${streamId}/${context}/${version}/${type}`),
    ),
    publicCases: [...cases.open],
  };
  return { commands, snapshot: snapshot as unknown as Sound['snapshot'] };
}

const idOfCommand = ({ principal, route, key }: Command): string => commandIdOf(principal, route, key);

function submitted(line: Line, stream: string, key: string): Command {
  return {
    ...{ kind: 'submit', context: 'intake', principal: 'citizen', route: 'POST /cases', key, target: 'intake' },
    ...{ path: '/cases', headers: {}, body: {}, answers: ['201'], silentBusy: 0 },
    ...(line === 'restricted' && { restricted: true }),
    told: { kind: 'acknowledged', status: 201, stream, version: 1 },
  };
}

const firstFacts = { intake: 'CaseSubmitted', routing: 'CaseEntered', resolution: 'CaseKnown' } as const;
const causeOf = { intake: undefined, routing: 'intake', resolution: 'routing' } as const;

/** The first fact of each case in a context, caused by the one before it in the house. */
function logOf(line: Line, context: (typeof contexts)[number], commands: readonly Command[]): LogSnapshot {
  const told = (stream: string): Command | undefined =>
    commands.find((one) => one.told?.kind === 'acknowledged' && one.told.stream === stream);
  const events = streamsOf(line).map((streamId, i) => {
    const command = context === 'intake' ? told(streamId) : undefined;
    const cause = causeOf[context];
    return event(streamId, {
      ...{ position: i + 1, type: firstFacts[context], eventId: idOf(context, streamId) },
      commandId: command === undefined ? commandIdOf(context, streamId, 'react') : idOfCommand(command),
      causationId: cause === undefined ? null : idOf(cause, streamId),
      content: line === 'open' ? 'public' : 'private',
    });
  });
  return {
    topic: line === 'open' ? topicOf(context) : restrictedTopicOf(context),
    events,
    commands: events.map(({ commandId, streamId, version, position }) => ({ commandId, streamId, version, position })),
    checkpoint: { position: events.length, seqs: [events.length] },
  };
}

function event(
  streamId: string,
  of: Pick<EventRow, 'position' | 'type' | 'eventId' | 'commandId' | 'causationId'> & { content: string },
): EventRow {
  const { content, ...given } = of;
  return {
    ...given,
    ...{ streamId, version: 1, schemaVersion: 1, keyHash: 0, meta: `{"commandId":"${of.commandId}"}` },
    data: `{"caseId":"${streamId.slice('case-'.length)}","content":"${content}","terms":{"publicity":"place"}}`,
    occurredAt: at(of.position),
    recordedAt: at(of.position),
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
