import type { RecordedEvent } from './envelope';
import type { CaseKind, Context } from './values';

/**
 * The two lines on which facts of cases go through the house: from submission over log and topic to whoever reads them.
 * The rules are the same on both; nothing of the restricted one is ever on the open one. `path` is what the routes of
 * its cases begin with.
 */
export const lines = {
  open: { stream: 'case-', path: 'cases', schema: 'log', topic: (context: Context): string => `garda.${context}.v1` },
  restricted: {
    stream: 'levy-',
    path: 'levy',
    schema: 'log_restricted',
    topic: (context: Context): string => `garda.${context}.restricted.v1`,
  },
} as const;
export type LineName = keyof typeof lines;

/** By what name a service, or the analyst, speaks to Kafka on a line; its consumer groups begin with it. */
export function principalOf(line: LineName, party: string): string {
  return line === 'open' ? party : `restricted-${party}`;
}

export const lineNames = Object.keys(lines) as readonly LineName[];

/** Rule 10: reports of an illegal levy, and nothing else, are cases of the restricted line. */
export function lineOf(kind: CaseKind): LineName {
  return kind === 'levy' ? 'restricted' : 'open';
}

export function streamOf(line: LineName, caseId: string): string {
  return `${lines[line].stream}${caseId}`;
}

/** The case that a stream of this line is about; the catalogue, trips and slip books are about none. */
export function caseIdOf(line: LineName, { streamId }: Pick<RecordedEvent, 'streamId'>): string | undefined {
  const { stream } = lines[line];
  return streamId.startsWith(stream) ? streamId.slice(stream.length) : undefined;
}

/** Payments that a citizen declared stand beside his case, in a stream of the restricted line (rule 3). */
const declared = 'declared-';

export function declaredStreamOf(caseId: string): string {
  return `${declared}${caseId}`;
}

/** What keeps the order of one case in a topic: its id, on either line; for streams of no case the stream itself. */
export function keyOfStream(streamId: string): string {
  const about = [...lineNames.map((line) => lines[line].stream), declared].find((stream) =>
    streamId.startsWith(stream),
  );
  return about === undefined ? streamId : streamId.slice(about.length);
}
