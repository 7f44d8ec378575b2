import { lines, type EventRow, type Snapshot, type Violation } from './snapshot';

const contexts = ['intake', 'routing', 'resolution'];

/** Read models against the logs: one line of each event, each section at the end of its stream, the same state everywhere. */
export function judgeViews(snapshot: Snapshot): Violation[] {
  const streams = new Map(contexts.map((context) => [context, eventsOf(snapshot, context)]));
  return [
    ...ownStates(snapshot, streams),
    ...caseFiles(snapshot, streams),
    ...timeline(snapshot, streams),
    ...publicCases(snapshot, streams.get('intake') ?? []),
  ];
}

/** The facts of cases, of both lines: of each only what its own log holds under the name of its streams. */
function eventsOf({ databases }: Snapshot, context: string): readonly EventRow[] {
  return lines.flatMap(({ topicOf, stream }) => {
    const log = databases[context]?.logs.find(({ topic }) => topic === topicOf(context));
    return (log?.events ?? []).filter(({ streamId }) => streamId.startsWith(stream));
  });
}

function ends(events: readonly EventRow[]): Map<string, number> {
  return new Map(events.map(({ streamId, version }) => [streamId, version]));
}

function ownStates(snapshot: Snapshot, streams: ReadonlyMap<string, readonly EventRow[]>): Violation[] {
  return contexts.flatMap((context) => {
    const wanted = ends(streams.get(context) ?? []);
    const rows = new Map((snapshot.databases[context]?.states ?? []).map((row) => [row.streamId, row.version]));
    return differences(`${context}: case states`, wanted, rows);
  });
}

function differences(
  where: string,
  wanted: ReadonlyMap<string, number>,
  rows: ReadonlyMap<string, number>,
): Violation[] {
  const missing = [...wanted].flatMap(([streamId, version]) =>
    rows.get(streamId) === version
      ? []
      : [
          {
            rule: 'a projection equals its log',
            words: `${where} has ${streamId} at ${rows.get(streamId) ?? 'nothing'}, the log at ${version}`,
          },
        ],
  );
  const extra = [...rows.keys()].filter((streamId) => !wanted.has(streamId));
  return [
    ...missing,
    ...extra.map((streamId) => ({
      rule: 'a projection equals its log',
      words: `${where} has ${streamId}, the log has not`,
    })),
  ];
}

/** The gateway folds topics, each service its log: in the end they must have made the same of it. */
function caseFiles(
  { caseFiles: files, databases }: Snapshot,
  streams: ReadonlyMap<string, readonly EventRow[]>,
): Violation[] {
  return contexts.flatMap((context) => {
    const wanted = ends(streams.get(context) ?? []);
    const sections = files.flatMap(({ streamId, sections: all }) => {
      const section = all[context];
      return section === undefined ? [] : [[streamId, section] as const];
    });
    const versions = new Map(sections.map(([streamId, { version }]) => [streamId, version]));
    const states = new Map((databases[context]?.states ?? []).map(({ streamId, state }) => [streamId, state]));
    const other = sections
      .filter(([id, { state }]) => states.has(id) && canonical(states.get(id) ?? '') !== canonical(state))
      .map(([id]) => ({ rule: 'one fold everywhere', words: `${context}: case file and service differ in ${id}` }));
    return [...differences(`gateway: ${context} section`, wanted, versions), ...other];
  });
}

/** The same value whatever the order of its members. */
export function canonical(text: string): string {
  return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function timeline({ timeline: lines }: Snapshot, streams: ReadonlyMap<string, readonly EventRow[]>): Violation[] {
  const seen = new Set(lines);
  const wanted = contexts.flatMap((context) =>
    (streams.get(context) ?? []).map(({ streamId, version, type }) => `${streamId}/${context}/${version}/${type}`),
  );
  const missing = wanted.filter((line) => !seen.has(line));
  const rule = 'the timeline has each event once';
  return [
    ...missing.map((line) => ({ rule, words: `${line} is missing` })),
    ...(lines.length > wanted.length ? [{ rule, words: `${lines.length} lines for ${wanted.length} events` }] : []),
  ];
}

/** Public are those about a place that their citizens let be seen; and no others. */
function publicCases({ publicCases: shown }: Snapshot, events: readonly EventRow[]): Violation[] {
  const wanted = new Set(events.filter(isForAll).map(({ streamId }) => streamId.slice('case-'.length)));
  const missing = [...wanted].filter((caseId) => !shown.includes(caseId));
  return [
    ...missing.map((caseId) => ({
      rule: 'a projection equals its log',
      words: `intake: public_cases lacks ${caseId}`,
    })),
    ...shown
      .filter((caseId) => !wanted.has(caseId))
      .map((caseId) => ({ rule: 'private stays private', words: `intake: public_cases shows ${caseId}` })),
  ];
}

function isForAll({ type, data }: EventRow): boolean {
  if (type !== 'CaseSubmitted') return false;
  const { content, terms } = JSON.parse(data) as { content: string; terms: { publicity: string } };
  return content === 'public' && terms.publicity === 'place';
}
