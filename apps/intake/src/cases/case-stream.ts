import { assertEvent, streamOf, type LineName, type NewEvent, type RecordedEvent } from '@garda/contracts';
import type { CatalogueView } from '@garda/case-service';
import { foldAll, intakeFold, type Catalogue, type Given, type IntakeCase } from '@garda/domain';
import {
  DecisionRunner,
  newEventId,
  type Decided,
  type EventLog,
  type JsonValue,
  type LoadedStream,
} from '@garda/event-store';
import type { RequestContext } from '@garda/service';
import type { ReadViews } from './read-views';

/** Who caused it, and the trace it belongs to: of a request's context only this reaches the log. */
export type Cause = Pick<RequestContext, 'actor' | 'correlationId'> & Partial<Pick<RequestContext, 'traceparent'>>;

/** One command on one case. */
export interface CaseAsk {
  readonly caseId: string;
  readonly context: Cause;
  readonly commandId: string;
  readonly requestHash: string | null;
  /** Only what was decided before is answered. */
  readonly repeatOnly?: boolean | undefined;
  readonly ifMatch?: number | undefined;
  readonly occurredAt?: string | undefined;
  /** The id of the first event, where something was sealed to it before. */
  readonly firstEventId?: string;
  readonly result?: JsonValue;
  /** From `lookUp`: the rule decides on it, unless somebody was faster. */
  readonly loaded?: LoadedStream;
}

export type CaseRule = (state: IntakeCase, given: Given) => readonly NewEvent[];

/** A decision, and whether the caller's next read will already show it. */
export interface Shown extends Decided {
  readonly shown: boolean;
}

/** The only way commands reach the stream of a case of this line. */
export class CaseStream {
  private readonly runner: DecisionRunner<IntakeCase>;

  constructor(
    readonly line: LineName,
    private readonly log: EventLog,
    private readonly view: CatalogueView<Catalogue>,
    private readonly views: ReadViews,
  ) {
    this.runner = new DecisionRunner(log, intakeFold, (event) => assertEvent('intake', event));
  }

  /** Decides, appends, and waits, bounded, until the read models show it. */
  async decide(ask: CaseAsk, rule: CaseRule): Promise<Shown> {
    const decided = await this.withReference(() => this.decideOnce(ask, rule));
    return { ...decided, shown: decided.position === null || (await this.views.show(decided.position)) };
  }

  /** The stream, the command if it was decided before (then nothing needs to be prepared for it), and the case clock. */
  lookUp(caseId: string, commandId: string): Promise<LoadedStream> {
    return this.log.load(this.streamOf(caseId), commandId);
  }

  events(caseId: string): Promise<RecordedEvent[]> {
    return this.log.readStream(this.streamOf(caseId));
  }

  /** The stream, its state and the case clock, read at one moment. */
  async read(caseId: string): Promise<{ events: RecordedEvent[]; state: IntakeCase; now: string }> {
    const { events, now } = await this.log.load(this.streamOf(caseId));
    return { events, state: foldAll(intakeFold, events), now };
  }

  /** The published catalogue as this process last saw it; read again where `needs` is not in it. */
  async catalogue(needs?: (catalogue: Catalogue) => unknown): Promise<Catalogue> {
    if (needs !== undefined && needs(this.view.current) === undefined) await this.view.refresh();
    return this.view.current;
  }

  private streamOf(caseId: string): string {
    return streamOf(this.line, caseId);
  }

  private decideOnce(ask: CaseAsk, rule: CaseRule): Promise<Decided> {
    const { caseId, commandId, requestHash, repeatOnly, ifMatch, occurredAt, firstEventId, loaded } = ask;
    const { actor, correlationId, traceparent } = ask.context;
    const catalogue = this.view.current;
    // The rule may be asked again after a conflict: the first event then keeps the id it was sealed to.
    let taken = 0;
    const newId = () => (taken++ === 0 && firstEventId !== undefined ? firstEventId : newEventId());
    return this.runner.decide(
      {
        streamId: this.streamOf(caseId),
        key: caseId,
        ...{ commandId, requestHash, repeatOnly, ifMatch, occurredAt, newId, loaded },
        meta: { actor, correlationId, traceparent },
        result: () => ask.result ?? { caseId },
      },
      (state, { now, nextId }) => {
        taken = 0;
        return rule(state, { now, nextId, catalogue });
      },
    );
  }

  /** The catalogue in memory may be a moment old: whoever misses an edition looks once more. */
  withReference<T>(work: () => Promise<T>): Promise<T> {
    return this.view.retried(work);
  }
}
