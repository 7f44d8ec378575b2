import type { MoreParts } from '@garda/case-service';
import { assertEvent, type TripRecord } from '@garda/contracts';
import { approveTrip, recordTrip, tripFold, type Catalogue, type Given, type Trip } from '@garda/domain';
import { DecisionRunner, newEventId, type Decided } from '@garda/event-store';
import { metaOf, requestHash, type RequestContext } from '@garda/service';

export interface TripAnswer {
  readonly tripId: string;
  readonly version: number;
}

/** The only way in which a trip's stream is written. */
export class TripDecisions {
  private readonly runner: DecisionRunner<Trip>;

  constructor(private readonly parts: MoreParts<Catalogue>) {
    this.runner = new DecisionRunner(parts.log, tripFold, (event) => assertEvent('resolution', event));
  }

  /** A repetition is answered with the trip of the first request. */
  record(body: TripRecord, context: RequestContext): Promise<TripAnswer> {
    const tripId = newEventId();
    const { actor } = context;
    return this.decide(tripId, context, body, (state, given) => recordTrip(state, { tripId, actor, body }, given));
  }

  approve(tripId: string, context: RequestContext): Promise<TripAnswer> {
    const { actor } = context;
    return this.decide(tripId, context, {}, (state, given) => approveTrip(state, { tripId, actor, body: {} }, given));
  }

  private async decide(
    tripId: string,
    context: RequestContext,
    body: object,
    rule: (state: Trip, given: Given) => ReturnType<typeof recordTrip>,
  ): Promise<TripAnswer> {
    const { catalogue, hashKey } = this.parts;
    const streamId = `trip-${tripId}`;
    const ask = {
      ...{ streamId, key: streamId, commandId: context.commandId, meta: metaOf(context) },
      requestHash: requestHash(hashKey, context.route, body),
      result: () => ({ tripId }),
    };
    // Trips are rare: a unit that was published a moment ago is looked up rather than refused.
    await catalogue.refresh();
    const decided: Decided = await catalogue.retried(() =>
      this.runner.decide(ask, (state, given) => rule(state, { ...given, catalogue: catalogue.current })),
    );
    const { tripId: kept } = decided.result as { tripId: string };
    return { tripId: kept, version: decided.version };
  }
}
