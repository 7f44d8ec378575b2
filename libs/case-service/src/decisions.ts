import { assertEvent, streamOf, type EventMeta, type LineName, type NewEvent } from '@garda/contracts';
import { DecisionRunner, newEventId, type Decided, type EventLog, type StoredCommand } from '@garda/event-store';
import type { CatalogueView } from './catalogue-view';
import type { CaseRules, RuleGiven } from './rules';

/** One command on one case. */
export interface CaseAsk {
  readonly caseId: string;
  readonly commandId: string;
  readonly requestHash: string | null;
  /** Only what was decided before is answered. */
  readonly repeatOnly?: boolean | undefined;
  readonly meta: Omit<EventMeta, 'commandId'>;
  readonly ifMatch?: number | undefined;
  readonly occurredAt?: string | undefined;
  /** The id of the first event, where something was sealed to it before. */
  readonly firstEventId?: string | undefined;
}

export interface CaseNow<S> {
  readonly state: S;
  readonly version: number;
  readonly command: StoredCommand | undefined;
  /** The case clock, read with the stream. */
  readonly now: string;
}

/** The only way in which this service's commands reach the stream of a case of this line. */
export class CaseDecisions<S, C> {
  private readonly runner: DecisionRunner<S>;

  constructor(
    readonly log: EventLog,
    readonly rules: CaseRules<S, C>,
    readonly catalogue: CatalogueView<C>,
    readonly line: LineName,
  ) {
    this.runner = new DecisionRunner(log, rules.fold, (event) => assertEvent(rules.context, event));
  }

  decide(ask: CaseAsk, rule: (state: S, given: RuleGiven<C>) => readonly NewEvent[]): Promise<Decided> {
    return this.catalogue.retried(() => this.once(ask, rule));
  }

  /** The state of a case now, and what the command answered when it was decided before. */
  async read(caseId: string, commandId?: string): Promise<CaseNow<S>> {
    const { events, command, now } = await this.log.load(this.streamOf(caseId), commandId);
    const { evolve, initial } = this.rules.fold;
    const state = events.reduce((s, event) => evolve(s, event), initial);
    return { state, version: events.at(-1)?.version ?? 0, command, now };
  }

  streamOf(caseId: string): string {
    return streamOf(this.line, caseId);
  }

  private once(ask: CaseAsk, rule: (state: S, given: RuleGiven<C>) => readonly NewEvent[]): Promise<Decided> {
    const { caseId, firstEventId, ...rest } = ask;
    const catalogue = this.catalogue.current;
    // The rule is asked again after a conflict: the first event then keeps the id it was sealed to.
    let taken = 0;
    const newId = (): string => (taken++ === 0 && firstEventId !== undefined ? firstEventId : newEventId());
    return this.runner.decide(
      { ...rest, streamId: this.streamOf(caseId), key: caseId, newId, result: () => ({ caseId }) },
      (state, { now, nextId }) => {
        taken = 0;
        return rule(state, { now, nextId, catalogue });
      },
    );
  }
}
