import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from './http';
import { post } from './http';
import type { Command, Told } from './told';

export interface ClientOptions {
  readonly urlOf: (target: Command['target']) => string;
  readonly timeoutMs: number;
  /** After this moment nobody asks again. */
  readonly until: () => number;
  /** False: the client hangs up after the first answer, or the first failure. */
  readonly retries: (command: Command) => boolean;
}

/** Sends a command, and again under the same key as long as its outcome is unknown, as a good client does. */
export async function carryOut(command: Command, options: ClientOptions): Promise<Told> {
  for (let wait = 100; ; wait = Math.min(wait * 2, 1_000)) {
    const { told, waitMs, final } = await once(command, options);
    if (told.kind !== 'unknown' || final === true || !options.retries(command)) return told;
    const next = Math.max(wait, waitMs ?? 0);
    if (Date.now() + next > options.until()) return told;
    await pause(next);
  }
}

interface Outcome {
  readonly told: Told;
  readonly waitMs?: number;
  /** Asking again the same way would help nobody. */
  readonly final?: boolean;
}

async function once(command: Command, options: ClientOptions): Promise<Outcome> {
  const { target, path, headers, body } = command;
  try {
    const answer = await post(`${options.urlOf(target)}${path}`, headers, body, options.timeoutMs);
    return read(command, answer);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'ERROR';
    command.answers.push(why);
    return { told: { kind: 'unknown', why } };
  }
}

function read(command: Command, { status, headers, text }: Answer): Outcome {
  const json = parsed(text);
  if (status < 300) {
    const { caseId = command.caseId, version } = json as { caseId?: string; version?: number };
    const kind = command.restricted === true ? 'levy' : 'case';
    const stream = command.streamOf?.(json) ?? (caseId === undefined ? undefined : `${kind}-${caseId}`);
    command.answers.push(String(status));
    command.onBody?.(json as Record<string, string>);
    return {
      told: {
        kind: 'acknowledged',
        status,
        ...(stream === undefined ? {} : { stream }),
        ...(version === undefined ? {} : { version }),
      },
    };
  }
  const code = typeof json['code'] === 'string' ? json['code'] : `HTTP_${status}`;
  command.answers.push(`${status} ${code}`);
  if (status >= 500 || status === 429 || code === 'CONFLICT') {
    const after = Number(headers['retry-after']);
    if (status === 503 && !(after > 0)) command.silentBusy++;
    return { told: { kind: 'unknown', why: code }, waitMs: after > 0 ? after * 1000 : 0 };
  }
  // A token that has run out says nothing of the command.
  if (status === 401) return { told: { kind: 'unknown', why: code }, final: true };
  return { told: { kind: 'refused', status, code } };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {}; // what is no JSON has no code either, and is told apart by its status
  }
}
