import { CommandBarredError, KeyReusedError } from './errors';
import type { AppendOutcome, StoredCommand } from './types';

type Stored = Extract<AppendOutcome, { status: 'appended' | 'repeated' }>;

/** What is stored under the command's id. @throws KeyReusedError, CommandBarredError where that is not what was asked. */
export function storedBy(outcome: Exclude<AppendOutcome, { status: 'conflict' }>): Stored {
  if (outcome.status === 'key_reused') throw keyReused();
  if (outcome.status === 'barred') throw barred();
  return outcome;
}

/** What a command was answered before. @throws KeyReusedError for another request under its id, CommandBarredError */
export function answeredBefore(
  { requestHash: before, version, position, result }: StoredCommand,
  requestHash: string | null,
): Pick<Stored, 'version' | 'position' | 'result'> {
  if (before !== null && requestHash !== null && before !== requestHash) throw keyReused();
  if (position === 0n) throw barred();
  return { version, position, result };
}

function keyReused(): KeyReusedError {
  return new KeyReusedError('the command id belongs to another request');
}

function barred(): CommandBarredError {
  return new CommandBarredError('the command was refused under this id before');
}
