import type { EventToAppend, JsonValue, RecordedEvent } from '@garda/contracts';

export type { JsonValue };

/** A service has two logs, each with a lock, positions and a topic of its own. */
export type LogSchema = 'log' | 'log_restricted';

/** The version a stream must have: `n` exactly n, `0` no stream, `-1` any, `-2` the stream exists. */
export type Expected = number;

export const expected = {
  exactly: (version: number): Expected => version,
  noStream: 0,
  any: -1,
  streamExists: -2,
} as const;

/** Events of one command for one stream. They are appended together or not at all. */
export interface AppendRequest {
  readonly streamId: string;
  /** What the partition is made from: the case id, else the stream id. */
  readonly key: string;
  readonly expected: Expected;
  /** Unique in the log for ever: a command that is sent again appends nothing. */
  readonly commandId: string;
  /** Tells the same command from another one under the same id; `null` for commands that nobody can send differently. */
  readonly requestHash: string | null;
  /** Answered again when the command is repeated: ids and numbers, never personal data. */
  readonly result: JsonValue;
  /** At least one: a decision without events sends no request. */
  readonly events: readonly EventToAppend[];
}

/** `version` is the stream's, `position` the last event's. A conflict reports the version the stream really has. */
export type AppendOutcome =
  | {
      readonly status: 'appended' | 'repeated';
      readonly version: number;
      readonly position: bigint;
      readonly result: JsonValue;
    }
  | { readonly status: 'conflict'; readonly version: number }
  | { readonly status: 'key_reused' }
  /** The command was refused for good before it came: see `EventLog.bar`. */
  | { readonly status: 'barred' };

/** A command that is not to be recorded any more. */
export type BarRequest = Pick<AppendRequest, 'streamId' | 'commandId' | 'requestHash'>;

/** What the log remembers of a command. */
export interface StoredCommand {
  readonly requestHash: string | null;
  readonly version: number;
  /** Of its last event; 0: it was barred, and has none. */
  readonly position: bigint;
  readonly result: JsonValue;
}

/** A stream, the command that may already have been answered, and the case clock, read in one statement. */
export interface LoadedStream {
  readonly events: RecordedEvent[];
  readonly command?: StoredCommand;
  readonly now: string;
}

/** How state follows from events. */
export interface Evolve<S> {
  readonly initial: S;
  evolve(state: S, event: RecordedEvent): S;
}
