import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assertEvent, type CatalogueBundle } from '@garda/contracts';
import { commandId, EventLog, newEventId, RefusedAppend, type AppendRequest } from '@garda/event-store';
import { ReferenceStore } from '@garda/reference';
import { metaOf, Problem, type RequestContext } from '@garda/service';
import { ReadViews } from '../cases/read-views';
import { refuseLateSetup } from '../setup';
import { changesOf, itemsOf, type CatalogueChange } from './changes';
import { checkBundle } from './check-bundle';

export interface Published {
  readonly published: number;
  readonly unchanged: number;
  readonly streams: readonly string[];
}

/** One folder of data, whole: everything in it that is new becomes facts in one append, or nothing does. */
export class PublishCatalogue extends Command<Published> {
  constructor(
    readonly bundle: CatalogueBundle,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(PublishCatalogue)
export class PublishCatalogueHandler implements ICommandHandler<PublishCatalogue> {
  constructor(
    @Inject(EventLog) private readonly log: EventLog,
    @Inject(ReadViews) private readonly views: ReadViews,
    @Inject(ReferenceStore) private readonly reference: ReferenceStore,
  ) {}

  async execute({ bundle, context }: PublishCatalogue): Promise<Published> {
    checkBundle(bundle);
    const names = itemsOf(bundle).map((item) => item.streamId);
    const { streams, now } = await this.log.loadMany(names);
    const changes = changesOf(bundle, streams);
    if (changes.length > 0) {
      await refuseLateSetup(this.log, context.actor);
      await this.append(changes, context, now);
    }
    const published = changes.map((change) => change.streamId);
    return { published: published.length, unchanged: names.length - published.length, streams: published };
  }

  private async append(changes: readonly CatalogueChange[], context: RequestContext, now: string): Promise<void> {
    const outcomes = await this.log
      .appendAll(changes.map((change) => requestOf(change, context, now)))
      .catch((error: unknown) => {
        throw error instanceof RefusedAppend
          ? new Problem('CONFLICT', 'the catalogue is being published by others')
          : error;
      });
    const positions = outcomes.flatMap((outcome) => ('position' in outcome ? [outcome.position] : []));
    await this.views.show(positions.reduce((a, b) => (a > b ? a : b), 0n));
    // Twice: the first may join a look that began before the rows were there.
    await this.reference.refresh();
    await this.reference.refresh();
  }
}

function requestOf(
  { streamId, expected, facts }: CatalogueChange,
  context: RequestContext,
  now: string,
): AppendRequest {
  const id = commandId(context.commandId, streamId);
  const meta = { ...metaOf(context), commandId: id };
  for (const fact of facts) assertEvent('intake', fact);
  const events = facts.map((fact) => ({ ...fact, meta, eventId: newEventId(), occurredAt: now }));
  return { streamId, key: streamId, expected, commandId: id, requestHash: null, result: null, events };
}
