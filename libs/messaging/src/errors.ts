import { isTransient as isDatabaseTransient } from '@garda/event-store';

/**
 * Thrown by a handler or a reaction that meets a fact before the fact it rests on (a case whose stream does not know it
 * yet, a version of a standard not seen). The key is held and tried again unasked; it is no failure.
 */
export class NotYet extends Error {
  override readonly name = 'NotYet';

  /** `code` in capitals, such as `CASE_NOT_KNOWN`; shown as `NOT_YET_CASE_NOT_KNOWN`. */
  constructor(readonly code: string) {
    super(`Not yet: ${code}`);
  }
}

export type StopCode = 'HOLE_IN_TOPIC' | 'TOO_MANY_PARKED' | 'COMMAND_ID_REUSED' | 'RECORD_NOT_OURS';

/** A consumer that must not go on: a person has to look. Nothing of what it met was applied. */
export class ConsumerStoppedError extends Error {
  override readonly name = 'ConsumerStoppedError';

  constructor(
    readonly code: StopCode,
    detail: string,
  ) {
    super(detail);
  }
}

/** From a handler of many records that knows which one failed: the first. Saves the search for it. */
export class FirstFailed extends Error {
  override readonly name = 'FirstFailed';

  constructor(readonly reason: unknown) {
    super('the first record failed');
  }
}

export type VerificationCode =
  | 'TOPIC_AHEAD_OF_LOG'
  | 'TOPIC_BEHIND_LOG'
  /** The topic was filled once and is not there. */
  | 'TOPIC_MISSING'
  | 'CHECKPOINT_AHEAD_OF_LOG'
  | 'PARTITIONS_DIFFER'
  /** Topic and log tell different stories of the same position: no tool heals that. */
  | 'LOG_FORKED'
  /** The topic does not hold every fact that is missing from the log. */
  | 'RECORDS_MISSING';

/** Log and topic contradict each other: whoever appended now would give positions out twice. */
export class LogVerificationError extends Error {
  override readonly name = 'LogVerificationError';

  constructor(
    readonly code: VerificationCode,
    readonly topic: string,
    detail: string,
  ) {
    super(`${topic}: ${detail}`);
  }
}

/** Would the same attempt succeed once a server is well again? Then it is retried for ever and nothing is parked. */
export function isTransient(error: unknown): boolean {
  return isDatabaseTransient(error) || isKafkaError(error);
}

/** The client's own errors: rethrown to it from a batch, since it joins the group again because of them. */
export function isKafkaError(error: unknown): boolean {
  return error instanceof Error && error.name.startsWith('KafkaJS');
}

/** A code that may be stored and shown: never the text, since texts carry data. */
export function errorCode(error: unknown): string {
  if (error instanceof NotYet) return `NOT_YET_${error.code}`;
  if (!(error instanceof Error)) return 'UNKNOWN';
  const code = codeOf(error);
  return code !== undefined && /^[A-Za-z0-9_]{2,60}$/.test(code) ? code : error.name.slice(0, 60);
}

export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
