import type { RecordedEvent } from '@garda/contracts';
import type { VerifyOptions } from './verify-log';

export interface WalkOptions extends VerifyOptions {
  /** Whose facts these are; part of `ce_source`. */
  readonly context: string;
  /** Says with a code what is wrong with a fact by its contract. */
  readonly check?: (event: RecordedEvent) => string | undefined;
  /** Rows and records seen so far, and how many there are. */
  readonly onProgress?: (done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

/** The first thing that is wrong: where, by a code, and never what the fact says. */
export interface Finding {
  readonly in: 'log' | 'topic';
  readonly position: string;
  readonly code: string;
}
