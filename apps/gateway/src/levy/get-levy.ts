import { levyVerbs } from '@garda/contracts';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { CaseFileBody } from '../case-file/case-file.body';
import { LevyFiles } from '../case-file/case-files';
import { fileViews } from '../case-file/file-views';
import { bodyOf } from '../case-file/get-case';
import { hasTask, pageOfCases, type CasePage, type Place } from '../inbox/case-list';
import { Inbox } from '../inbox/inbox';
import type { InboxQuery } from '../inbox/inbox.query';
import { Reference } from '../reference';
import { Judge } from '../rights/judge';
import type { Principal } from '../rights/may-do';

/** A page of levy reports, and how many of them the reader's unit was told of because nobody has taken them. */
export type LevyPage = CasePage & { readonly untouched: number; readonly untouchedOutside: number };

export class GetLevyInbox extends Query<LevyPage> {
  constructor(
    readonly who: Principal,
    readonly ask: InboxQuery,
  ) {
    super();
  }
}

export class GetLevyFile extends Query<CaseFileBody> {
  constructor(
    /** Case id, or public number. */
    readonly idOrNumber: string,
    readonly who: Principal,
  ) {
    super();
  }
}

const climbedTo = (whom: string): string => `
  exists (select 1 from json_array_elements(f.routing_state -> 'climbed') c
           where c ->> 'clock' = 'levy' and c ->> 'to' = ${whom})`;

/**
 * Of a report that its unit may not read, whoever is above learns that there is one, and nothing else (B.6); nor do we
 * write to bodies outside: whoever was told before them learns that it is their turn.
 */
const countUntouched = `
  select count(*)::int as untouched, (count(*) filter (where ${climbedTo('any($2::text[])')}))::int as outside
    from read.${fileViews.restricted.file} f
   where f.is_open and f.officer is null and ${climbedTo('$1')}`;

/** The reports of one's own unit, those one stands in for, and those whose dispute one is named to decide. */
@QueryHandler(GetLevyInbox)
export class GetLevyInboxHandler implements IQueryHandler<GetLevyInbox> {
  constructor(
    private readonly source: Inbox,
    private readonly judge: Judge,
    private readonly reference: Reference,
  ) {}

  async execute({ who: asking, ask }: GetLevyInbox): Promise<LevyPage> {
    const who = await this.judge.today(asking);
    const tasks = who.kind === 'staff' ? [who.unit] : [];
    const scope = (value: Place): readonly string[] => [this.scope(who, value), wantedOf(ask, tasks, value)];
    const page = await pageOfCases({ source: this.source, reference: this.reference }, who, ask, {
      line: 'restricted',
      tasks,
      scope,
    });
    const outside = this.judge.units.bodiesOutside();
    const told = await this.source.counts(countUntouched, [unitOf(who), outside]);
    return { ...page, untouched: told['untouched'] ?? 0, untouchedOutside: told['outside'] ?? 0 };
  }

  /** What a single read would allow, as a condition. */
  private scope(who: Principal, value: Place): string {
    if (who.kind !== 'staff') return 'false';
    const { roles, units } = this.judge;
    const letters = new Set(who.roles.map((role) => roles.scopeOf(levyVerbs.read, role)));
    const unit = value(who.unit);
    const accused = `${value(units.accusedOf(who.unit))}::text[]`;
    const never = `${value(units.inLineBelow(who.unit))}::text[]`;
    const standsIn = `coalesce(f.reported_unit = any(${accused}), false)`;
    const ways = [
      ...(letters.has('u') ? [`f.related_units && array[${unit}::text]`] : []),
      ...(letters.has('s') ? [standsIn] : []),
    ];
    const named = letters.has('u') || letters.has('s') ? `f.routing_state -> 'dispute' ->> 'to' = ${unit}` : 'false';
    const free = `(f.reported_unit is null or f.reported_unit <> all(${never}) or ${standsIn})`;
    return `(coalesce(${named}, false) or (${free} and (${['false', ...ways].join(' or ')})))`;
  }
}

@QueryHandler(GetLevyFile)
export class GetLevyFileHandler implements IQueryHandler<GetLevyFile> {
  constructor(
    private readonly files: LevyFiles,
    private readonly judge: Judge,
    private readonly reference: Reference,
  ) {}

  async execute({ idOrNumber, who }: GetLevyFile): Promise<CaseFileBody> {
    const row = await this.files.find(idOrNumber);
    this.judge.demandOnLevy(levyVerbs.read, who, row);
    return bodyOf(row, this.files, this.reference);
  }
}

function wantedOf(ask: InboxQuery, tasks: readonly string[], value: Place): string {
  if (ask.status !== undefined && !ask.tasks) return 'true'; // a status that is asked for is a filter
  const task = hasTask(tasks, value);
  return ask.tasks ? task : `(f.is_open or ${task})`;
}

const unitOf = (who: Principal): string | null => (who.kind === 'staff' ? who.unit : null);
