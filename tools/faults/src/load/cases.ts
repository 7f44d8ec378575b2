import type { Random } from '../random';
import type { Command } from './told';

/** Something that somebody does to a case: the holder of its code, or a person of the staff by name. */
export interface Act {
  readonly by: string;
  readonly name: string;
  readonly body?: object;
}
export const citizen = 'citizen';

export interface Case {
  readonly caseId: string;
  /** Whether it is a report of an illegal levy. */
  readonly restricted: boolean;
  /** What the citizen holds; nothing where a desk filed the case without a slip. */
  readonly receipt?: { readonly number: string; readonly trackingCode: string };
  /** Whoever works on it first. */
  readonly officer: string;
  /** What will still be done to it, in this order; what stands together is done at the same time. */
  steps: (readonly Act[])[];
  readyAt: number;
  busy: boolean;
  tries: number;
}

/** A command that makes a case, and what will be done to it. */
export interface Opening {
  readonly command: Command;
  readonly officer: string;
  readonly story: readonly (readonly Act[])[];
}

export function newCase(of: Omit<Case, 'steps' | 'readyAt' | 'busy' | 'tries'>, story: Opening['story']): Case {
  return { ...of, steps: [...story], readyAt: Date.now() + 400, busy: false, tries: 0 };
}

const ofIntake = new Set(['publish-summary', 'record-mandate', 'change-carrier', 'end-mandate']);
const ofRouting = new Set(['acknowledge', 'transfer', 'return', 'refer', 'ask-outside', 'link-duplicate']);

/** The command of one act on a case. */
export function commandOf(act: Act, on: Case, random: Random, tokenOf: (person: string) => string): Command {
  if (act.by === citizen) return citizens(act, on, random);
  const { caseId, restricted } = on;
  return {
    ...staffCommand(act, `/${restricted ? 'levy' : 'cases'}/${caseId}/${act.name}`, random, tokenOf),
    context: ofIntake.has(act.name) ? 'intake' : ofRouting.has(act.name) ? 'routing' : 'resolution',
    ...(restricted && { restricted }),
    caseId,
  };
}

/** Through the gateway, which passes it on to the same path behind `/internal`. */
export function staffCommand(
  { by, name, body = {} }: Act,
  path: string,
  random: Random,
  tokenOf: (person: string) => string,
): Omit<Command, 'context'> {
  const key = random.uuid();
  return {
    ...{ kind: name, principal: `staff:${by}`, route: `POST /internal${path}`, key, target: 'gateway', path, body },
    headers: { 'idempotency-key': key, authorization: `Bearer ${tokenOf(by)}` },
    ...{ answers: [], silentBusy: 0 },
  };
}

function citizens({ name, body = {} }: Act, { receipt, caseId, restricted }: Case, random: Random): Command {
  if (receipt === undefined) throw new Error('nobody holds a code of this case');
  const key = random.uuid();
  const path = `/cases/${receipt.number}/${name}`;
  return {
    ...{ kind: name, context: 'intake', principal: 'citizen', route: `POST ${path}`, key, target: 'intake', path },
    headers: { 'idempotency-key': key, 'tracking-code': receipt.trackingCode },
    ...{ body, caseId, answers: [], silentBusy: 0 },
    ...(restricted && { restricted }),
    // What he says that he paid stands beside the case, never in it.
    ...(name === 'payments' && { restricted: true, streamOf: () => `declared-${caseId}` }),
  };
}
