import { assertEvent, type JsonValue, type StandInNaming } from '@garda/contracts';
import type { CatalogueView } from '@garda/case-service';
import { nameStandIn, standInFold, unitOfNaming, type Catalogue, type NamedStandIn } from '@garda/domain';
import { commandId, DecisionRunner, type EventLog } from '@garda/event-store';
import type { ReferenceStore } from '@garda/reference';
import { metaOf, type RequestContext } from '@garda/service';
import type { ReadViews } from '../cases/read-views';

export interface NamingAnswer {
  readonly officer: string;
  readonly version: number;
}

/** Who stands in for whom: a stream for each officer of a unit, found by both. */
export class StandInNames {
  private readonly runner: DecisionRunner<NamedStandIn>;

  constructor(
    private readonly of: {
      readonly log: EventLog;
      readonly catalogue: CatalogueView<Catalogue>;
      readonly reference: ReferenceStore;
      readonly views: ReadViews;
    },
  ) {
    this.runner = new DecisionRunner(of.log, standInFold, (event) => assertEvent('intake', event));
  }

  /** Answers when this service's own rules see it; the others hear of it by topic. */
  async name(
    officer: string,
    body: StandInNaming,
    { context, requestHash }: { readonly context: RequestContext; readonly requestHash: string },
  ): Promise<NamingAnswer> {
    const { actor, commandId: id, repeatOnly } = context;
    const { catalogue } = this.of;
    const streamId = `standin-${commandId('standin', unitOfNaming(actor, body), officer)}`;
    const result = (): JsonValue => ({ officer });
    const ask = { streamId, key: streamId, commandId: id, requestHash, repeatOnly, meta: metaOf(context), result };
    const { version, position } = await catalogue.retried(() =>
      this.runner.decide(ask, (state, { now }) =>
        nameStandIn(state, { actor, officer, body }, { catalogue: catalogue.current, now }),
      ),
    );
    if (position !== null) {
      await this.of.views.show(position);
      await this.of.reference.refresh();
    }
    return { officer, version };
  }
}
