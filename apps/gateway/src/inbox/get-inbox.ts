import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Reference } from '../reference';
import { Judge } from '../rights/judge';
import type { Principal } from '../rights/may-do';
import { hasTask, pageOfCases, type CasePage, type Place } from './case-list';
import { Inbox } from './inbox';
import type { InboxQuery } from './inbox.query';
import { readingScope, type ReadingScope } from './scope';

export class GetInbox extends Query<CasePage> {
  constructor(
    readonly who: Principal,
    readonly ask: InboxQuery,
  ) {
    super();
  }
}

/** The inbox: a query over the case file, in the order in which an office should work. */
@QueryHandler(GetInbox)
export class GetInboxHandler implements IQueryHandler<GetInbox> {
  constructor(
    private readonly source: Inbox,
    private readonly judge: Judge,
    private readonly reference: Reference,
  ) {}

  async execute({ who: asking, ask }: GetInbox): Promise<CasePage> {
    const who = await this.judge.today(asking);
    const reading = readingScope(who, this.judge);
    const scope = (value: Place): readonly string[] => openScope(reading, ask, value);
    return pageOfCases({ source: this.source, reference: this.reference }, who, ask, {
      line: 'open',
      tasks: reading.tasks,
      scope,
    });
  }
}

function openScope(scope: ReadingScope, ask: InboxQuery, value: Place): readonly string[] {
  return [
    `f.kind <> 'levy'`,
    `(f.reported_unit is null or f.reported_unit <> all(${value(scope.never)}::text[]))`,
    mineOf(scope, ask, value),
  ];
}

/** By the unit that has the case, while it is open; by a task, always. A task opens no case that its unit may not read. */
function mineOf(scope: ReadingScope, ask: InboxQuery, value: Place): string {
  const status = ask.status === undefined ? 'f.is_open' : 'true'; // a status that is asked for is a filter
  const task = hasTask(scope.tasks, value);
  if (scope.units === 'all') return ask.tasks ? task : `(${status} or ${task})`;
  const units = `${value(scope.units)}::text[]`;
  const here = ask.related ? `f.related_units && ${units}` : `f.responsible_unit = any(${units})`;
  const readable = `${task} and f.related_units && ${units}`;
  return ask.tasks ? `(${readable})` : `(${status} and ${here} or ${readable})`;
}
