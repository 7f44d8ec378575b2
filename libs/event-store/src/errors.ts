import type { AppendOutcome } from './types';

/** Every error of the log carries a stable code. None of them carries data of an event. */
export abstract class LogError extends Error {
  abstract readonly code: string;
  override get name(): string {
    return this.constructor.name;
  }
}

/** The queue is full. Nothing was sent; the caller may try again in a second. */
export class OverloadedError extends LogError {
  readonly code = 'OVERLOADED';
}

/** The log is being closed. Nothing was sent. */
export class LogClosedError extends LogError {
  readonly code = 'LOG_CLOSED';
}

/** An event is larger than 64 kB. Files never go into events. */
export class EventTooLargeError extends LogError {
  readonly code = 'EVENT_TOO_LARGE';
}

/** A request that no log could hold: no events, or data that is not JSON. A bug of the caller. */
export class InvalidRequestError extends LogError {
  readonly code = 'INVALID_APPEND';
}

/**
 * The database did not answer for so long that the caller is sent away. The outcome is unknown:
 * the same command under the same id finds out, and appends nothing twice.
 */
export class LogUnavailableError extends LogError {
  readonly code = 'LOG_UNAVAILABLE';
}

/** An append of several requests was refused as a whole. `outcomes` says which and why; nothing was stored. */
export class RefusedAppend extends LogError {
  readonly code = 'APPEND_REFUSED';
  constructor(readonly outcomes: readonly { status: AppendOutcome['status']; version: number }[]) {
    super(`append refused: ${outcomes.map((o) => o.status).join(', ')}`);
  }
}

/** The caller decided on a version of the stream that is no longer the last one. */
export class StaleVersionError extends LogError {
  readonly code = 'STALE_VERSION';
  constructor(readonly actual: number) {
    super(`the stream is at version ${actual}`);
  }
}

/** The command id is known, but for another request. The first result is not disclosed. */
export class KeyReusedError extends LogError {
  readonly code = 'IDEMPOTENCY_KEY_REUSED';
}

/** The command was refused for good: an earlier repetition of it came without the right to it, and it was not recorded. */
export class CommandBarredError extends LogError {
  readonly code = 'COMMAND_BARRED';
}

/** Others were faster three times in a row. */
export class ConflictError extends LogError {
  readonly code = 'CONFLICT';
}

/** The database holds migrations this program does not know: it is older than the database. */
export class SchemaNewerError extends LogError {
  readonly code = 'SCHEMA_NEWER';
}
