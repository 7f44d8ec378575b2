import { Inject } from '@nestjs/common';
import { Command, CommandHandler, Query, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { assertEvent, type CatalogueBundle } from '@garda/contracts';
import { officeCalendar } from '@garda/domain';
import { commandId, EventLog, newEventId, RefusedAppend, type AppendRequest } from '@garda/event-store';
import { ReferenceStore } from '@garda/reference';
import { metaOf, Problem, type RequestContext } from '@garda/service';
import { ReadViews } from '../cases/read-views';
import { refuseLateSetup } from '../setup';
import { changesOf, itemsOf, type CatalogueChange } from './changes';
import { checkBundle, wrongIn } from './check-bundle';
import { differencesOf, type Difference } from './diff';

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
    const names = [...new Set(itemsOf(bundle).map((item) => item.streamId))];
    const { streams, now } = await this.log.loadMany(names);
    checkBundle(bundle, todayOf(bundle, now));
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

export interface Differences {
  readonly differences: readonly Difference[];
  readonly unchanged: number;
  /** What is wrong with the whole: it would be refused. */
  readonly wrong: readonly string[];
}

/** What publishing a folder would change against what is published. Nothing is written. */
export class CompareCatalogue extends Query<Differences> {
  constructor(readonly bundle: CatalogueBundle) {
    super();
  }
}

@QueryHandler(CompareCatalogue)
export class CompareCatalogueHandler implements IQueryHandler<CompareCatalogue> {
  constructor(@Inject(EventLog) private readonly log: EventLog) {}

  async execute({ bundle }: CompareCatalogue): Promise<Differences> {
    const names = [...new Set(itemsOf(bundle).map((item) => item.streamId))];
    const { streams, now } = await this.log.loadMany(names);
    const differences = differencesOf(bundle, streams);
    const touched = new Set(differences.map(({ item }) => item)).size;
    return { differences, unchanged: names.length - touched, wrong: wrongIn(bundle, todayOf(bundle, now)) };
  }
}

/** The day in the office's zone. */
export function todayOf({ calendars }: CatalogueBundle, now: string): string {
  const [calendar] = calendars;
  return calendar === undefined ? now.slice(0, 10) : officeCalendar(calendar).dateOf(Date.parse(now));
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
