import type { EventRow, Snapshot, StateRow, Violation } from './snapshot';
import { topicOf } from './snapshot';

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

function eventsOf(snapshot: Snapshot, context: string): readonly EventRow[] {
  const log = snapshot.databases[context]?.logs.find(({ topic }) => topic === topicOf(context));
  return (log?.events ?? []).filter(({ streamId }) => streamId.startsWith('case-'));
}

const caseOf = ({ streamId }: EventRow): string => streamId.slice('case-'.length);

function ends(events: readonly EventRow[]): Map<string, number> {
  return new Map(events.map((event) => [caseOf(event), event.version]));
}

function ownStates(snapshot: Snapshot, streams: ReadonlyMap<string, readonly EventRow[]>): Violation[] {
  return contexts.flatMap((context) => {
    const wanted = ends(streams.get(context) ?? []);
    const rows = new Map((snapshot.databases[context]?.states ?? []).map((row) => [row.caseId, row.version]));
    return differences(`${context}: case_state`, wanted, rows);
  });
}

function differences(
  where: string,
  wanted: ReadonlyMap<string, number>,
  rows: ReadonlyMap<string, number>,
): Violation[] {
  const missing = [...wanted].flatMap(([caseId, version]) =>
    rows.get(caseId) === version
      ? []
      : [
          {
            rule: 'a projection equals its log',
            words: `${where} has ${caseId} at ${rows.get(caseId) ?? 'nothing'}, the log at ${version}`,
          },
        ],
  );
  const extra = [...rows.keys()].filter((caseId) => !wanted.has(caseId));
  return [
    ...missing,
    ...extra.map((caseId) => ({
      rule: 'a projection equals its log',
      words: `${where} has ${caseId}, the log has not`,
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
    const sections = files.flatMap(({ caseId, sections: all }) => {
      const section = all[context];
      return section === undefined ? [] : [[caseId, section] as const];
    });
    const versions = new Map(sections.map(([caseId, { version }]) => [caseId, version]));
    const states = new Map((databases[context]?.states ?? []).map((row: StateRow) => [row.caseId, row.state]));
    const other = sections
      .filter(([caseId, { state }]) => states.has(caseId) && canonical(states.get(caseId) ?? '') !== canonical(state))
      .map(([caseId]) => ({
        rule: 'one fold everywhere',
        words: `${context}: case file and service differ in ${caseId}`,
      }));
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
    (streams.get(context) ?? []).map((event) => `${caseOf(event)}/${context}/${event.version}/${event.type}`),
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
  const wanted = new Set(events.filter(isForAll).map(caseOf));
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
