/** Everything the oracle judges, read by plain SQL and by a plain reader of topics. Nothing here comes from `libs/*`. */

export interface EventRow {
  readonly position: number;
  readonly streamId: string;
  readonly version: number;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** The stored bytes. */
  readonly data: string;
  readonly meta: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly keyHash: number;
  readonly commandId: string;
  readonly causationId: string | null;
}

/** The position of a command that was refused for good: no event is there. */
export const barred = 0;

export interface CommandRow {
  readonly commandId: string;
  readonly streamId: string;
  readonly version: number;
  readonly position: number;
}

export interface LogSnapshot {
  readonly topic: string;
  readonly events: readonly EventRow[];
  readonly commands: readonly CommandRow[];
  readonly checkpoint: { readonly position: number; readonly seqs: readonly number[] } | undefined;
}

export interface Move {
  readonly what: 'cursor' | 'checkpoint';
  readonly place: string;
  readonly was: number;
  readonly became: number;
  readonly revisionWas: number | null;
  readonly revisionBecame: number | null;
}

export interface StateRow {
  /** The stream of the case that it was folded from. */
  readonly streamId: string;
  readonly version: number;
  /** Canonical JSON as it is stored. */
  readonly state: string;
}

export interface DatabaseSnapshot {
  readonly logs: readonly LogSnapshot[];
  readonly cursors: readonly {
    readonly consumer: string;
    readonly topic: string;
    readonly partition: number;
    readonly seq: number;
  }[];
  readonly parked: readonly { readonly consumer: string; readonly key: string; readonly errorCode: string | null }[];
  readonly projections: readonly { readonly name: string; readonly log: string; readonly position: number }[];
  readonly moves: readonly Move[];
  /** The service's own folded case states; empty for the gateway. */
  readonly states: readonly StateRow[];
}

export interface CaseFile {
  /** The stream of the case, the same in all contexts. */
  readonly streamId: string;
  readonly sections: Readonly<Record<string, { readonly version: number; readonly state: string } | undefined>>;
}

export interface TopicRecord {
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Snapshot {
  readonly databases: Readonly<Record<string, DatabaseSnapshot>>;
  readonly topics: ReadonlyMap<string, readonly TopicRecord[]>;
  readonly caseFiles: readonly CaseFile[];
  /** `stream/context/version/type` of each line. */
  readonly timeline: readonly string[];
  /** Case ids of the public read model. */
  readonly publicCases: readonly string[];
}

/** One thing that must not be; `rule` is stable, `words` say where. */
export interface Violation {
  readonly rule: string;
  readonly words: string;
}

export const topicOf = (context: string): string => `garda.${context}.v1`;
export const restrictedTopicOf = (context: string): string => `garda.${context}.restricted.v1`;

/** The two lines of a house: nothing of the one may be found on the other. */
export const lines = [
  { schema: 'log', topicOf, stream: 'case-', states: 'case_state', files: 'case_file_v6', times: 'case_timeline_v6' },
  {
    ...{ schema: 'log_restricted', topicOf: restrictedTopicOf, stream: 'levy-' },
    ...{ states: 'levy_state', files: 'levy_file_v2', times: 'levy_timeline_v2' },
  },
] as const;

/** Which topics each consumer reads: as the design says, written down here a second time. */
export const consumersOf: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  intake: { 'progress@1': [topicOf('resolution')], 'levy-progress@1': [restrictedTopicOf('resolution')] },
  routing: {
    'reference@1': [topicOf('intake')],
    'reactions@1': [topicOf('intake'), topicOf('resolution')],
    'levy-reactions@1': [restrictedTopicOf('intake'), restrictedTopicOf('resolution')],
  },
  resolution: {
    'reference@1': [topicOf('intake')],
    'reactions@1': [topicOf('intake'), topicOf('routing')],
    'levy-reactions@1': [restrictedTopicOf('intake'), restrictedTopicOf('routing')],
  },
  gateway: {
    'reference@1': [topicOf('intake')],
    'case-file@6': [topicOf('intake'), topicOf('routing'), topicOf('resolution')],
    'levy-file@2': [restrictedTopicOf('intake'), restrictedTopicOf('routing'), restrictedTopicOf('resolution')],
    'errands@1': [topicOf('routing'), topicOf('resolution')],
  },
};

/** Only the first few of one kind are told; the rest is a number. */
export function atMost(few: number, violations: readonly Violation[]): Violation[] {
  const byRule = new Map<string, Violation[]>();
  for (const one of violations) byRule.set(one.rule, [...(byRule.get(one.rule) ?? []), one]);
  return [...byRule].flatMap(([rule, list]) =>
    list.length <= few ? list : [...list.slice(0, few), { rule, words: `and ${list.length - few} more` }],
  );
}
