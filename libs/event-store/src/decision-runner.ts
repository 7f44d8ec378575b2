import type { EventMeta, EventToAppend, NewEvent } from '@garda/contracts';
import { answeredBefore, storedBy } from './answers';
import { ConflictError, StaleVersionError } from './errors';
import type { EventLog } from './event-log';
import { newEventId } from './ids';
import type { AppendOutcome, Evolve, JsonValue, LoadedStream, StoredCommand } from './types';

/** One command for one stream. */
export interface Ask<S> {
  readonly streamId: string;
  readonly key: string;
  readonly commandId: string;
  readonly requestHash: string | null;
  /** The version the caller saw. Then nothing is decided on another one, and nothing is tried again. */
  readonly ifMatch?: number | undefined;
  /**
   * Nothing is decided: only what was decided under this id is answered. If nothing was, the command is barred, so that
   * the first request, should it still be on its way, has no effect after its repetition was refused.
   */
  readonly repeatOnly?: boolean | undefined;
  readonly meta: Omit<EventMeta, 'commandId'>;
  /** What the person says; without it the case clock. */
  readonly occurredAt?: string | undefined;
  readonly newId?: () => string;
  /** Stream and command as they were just loaded: the first decision is made on them instead of loading again. */
  readonly loaded?: LoadedStream | undefined;
  /** What is answered, now and to every repetition: ids and numbers. `state` is the one the rule saw. */
  readonly result?: (state: S, events: readonly EventToAppend[]) => JsonValue;
}

export interface Given {
  /** The case clock, read with the stream. */
  readonly now: string;
  /** Ids of the events to be returned, in their order: for an object that is sealed to its event. */
  readonly nextId: () => string;
}

export type Rule<S> = (state: S, given: Given) => readonly NewEvent[];

export interface Decided {
  readonly status: 'appended' | 'repeated' | 'nothing';
  readonly version: number;
  /** Where the log stands with this decision; `null` when nothing was appended. */
  readonly position: bigint | null;
  readonly result: JsonValue;
  /** What this call appended; none for a repetition, which knows only the result of the first. */
  readonly events: readonly EventToAppend[];
}

const attempts = 4; // one, and three more after a conflict

/**
 * The only way in for commands: load, answer a repetition, fold, rule, append, and again on a conflict.
 * `check` sees each new event before it is stored and throws when it is not what its contract says.
 */
export class DecisionRunner<S> {
  /** Commands being decided here: a second caller of the same one joins the first. */
  private readonly underWay = new Map<string, { requestHash: string | null; answer: Promise<Decided> }>();

  constructor(
    private readonly log: EventLog,
    private readonly fold: Evolve<S>,
    private readonly check: (event: NewEvent) => void = () => undefined,
  ) {}

  /** Rejects with what the rule throws, with STALE_VERSION, IDEMPOTENCY_KEY_REUSED, COMMAND_BARRED, CONFLICT, or an error of the log. */
  async decide(ask: Ask<S>, rule: Rule<S>): Promise<Decided> {
    const first = this.underWay.get(ask.commandId);
    if (first !== undefined && first.requestHash === ask.requestHash) {
      const decided = await first.answer;
      return decided.status === 'appended' ? { ...decided, status: 'repeated', events: [] } : decided;
    }
    const answer = this.attempt(ask, rule);
    if (first !== undefined) return answer;
    this.underWay.set(ask.commandId, { requestHash: ask.requestHash, answer });
    return answer.finally(() => this.underWay.delete(ask.commandId));
  }

  private async attempt(ask: Ask<S>, rule: Rule<S>): Promise<Decided> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const given = attempt === 1 ? ask.loaded : undefined;
      const loaded = given ?? (await this.log.load(ask.streamId, ask.commandId));
      if (loaded.command !== undefined) return repetition(ask, loaded.command);
      if (ask.repeatOnly === true) return this.bar(ask);
      const version = loaded.events.at(-1)?.version ?? 0;
      if (ask.ifMatch !== undefined && ask.ifMatch !== version) throw new StaleVersionError(version);
      const state = loaded.events.reduce((s, event) => this.fold.evolve(s, event), this.fold.initial);
      const events = this.decideOn(state, loaded, ask, rule);
      const result = ask.result?.(state, events) ?? null;
      if (events.length === 0) return { status: 'nothing', version, position: null, result, events };
      const outcome = await this.log.append({ ...requestOf(ask), expected: version, events, result });
      if (outcome.status !== 'conflict') return answered(outcome, events);
      if (ask.ifMatch !== undefined) throw new StaleVersionError(outcome.version);
    }
    throw new ConflictError(`${ask.streamId} changed under ${attempts} decisions`);
  }

  private async bar(ask: Ask<S>): Promise<Decided> {
    const [outcome] = await this.log.bar([ask]);
    if (outcome === undefined || outcome.status === 'conflict') throw new Error('bar answered nothing');
    return answered(outcome, []);
  }

  private decideOn(state: S, loaded: LoadedStream, ask: Ask<S>, rule: Rule<S>): EventToAppend[] {
    const newId = ask.newId ?? newEventId;
    const ids: string[] = [];
    const nextId = (): string => {
      const id = newId();
      ids.push(id);
      return id;
    };
    const events = rule(state, { now: loaded.now, nextId });
    if (events.length > 0 && ids.length > events.length)
      throw new Error(`the rule took ${ids.length} ids for ${events.length} events`);
    const meta: EventMeta = { ...ask.meta, commandId: ask.commandId };
    return events.map((event, i) => {
      this.check(event);
      const { type, schemaVersion, data } = event;
      const occurredAt = ask.occurredAt ?? loaded.now;
      return { type, schemaVersion, data, eventId: ids[i] ?? newId(), meta, occurredAt };
    });
  }
}

function requestOf<S>({ streamId, key, commandId, requestHash }: Ask<S>) {
  return { streamId, key, commandId, requestHash };
}

/** A command known to the log is answered from its row, whatever has happened since. */
function repetition<S>(ask: Ask<S>, command: StoredCommand): Decided {
  return { status: 'repeated', ...answeredBefore(command, ask.requestHash), events: [] };
}

function answered(outcome: Exclude<AppendOutcome, { status: 'conflict' }>, events: readonly EventToAppend[]): Decided {
  const stored = storedBy(outcome);
  return { ...stored, events: stored.status === 'appended' ? events : [] };
}
