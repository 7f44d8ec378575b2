import type { CaseClock } from '@garda/service';
import type { DataSource } from 'typeorm';
import type { CaseCounts, ErrandCounts, PaperCounts } from './report.body';

/** What is counted: the units of the rows, the month, and about which units the reader sees no case. */
export interface Asked {
  readonly units: readonly string[];
  /** `2026-03`, in the zone. */
  readonly month: string;
  readonly zone: string;
  readonly never: readonly string[];
}

/** Counts by unit; under `null` those of all units together. A unit of which there is nothing to count is left out. */
export type ByUnit<C> = ReadonlyMap<string | null, C>;

/** Of which cases a reader is told nothing, not even that there is one more: as the inbox has it. */
const mayCount = `f.kind <> 'levy' and (f.reported_unit is null or f.reported_unit <> all($4::text[]))`;
const inMonth = (time: string): string =>
  `${time} >= ($2 || '-01')::timestamp at time zone $3
     and ${time} < (($2 || '-01')::timestamp + interval '1 month') at time zone $3`;

const receivedCases = `
  with received as (
    select u.unit, f.case_id, f.is_open, f.due_at, (f.resolution_state -> 'decision' ->> 'at')::timestamptz as decided_at
      from read.case_file f,
        lateral (select distinct one.unit from unnest(array[f.filed_unit, f.responsible_unit] || f.past_units) as one(unit)
                  where one.unit = any($1::text[])) u
     where ${inMonth('f.received_at')} and ${mayCount})
  select unit, count(distinct case_id)::int as received,
    (count(distinct case_id) filter (where decided_at <= due_at))::int as "onTime",
    (count(distinct case_id) filter (where decided_at > due_at))::int as late,
    (count(distinct case_id) filter (where decided_at is null and is_open))::int as open,
    (count(distinct case_id) filter (where decided_at is null and is_open and due_at < $5::timestamptz))::int as overdue,
    (count(distinct case_id) filter (where decided_at is null and not is_open))::int as withdrawn
  from received group by grouping sets ((unit), ())`;

const sentPapers = `
  select p.unit, (count(*) filter (where p.state = 'on_the_way'))::int as "onTheWay",
    (count(*) filter (where p.state = 'missing'))::int as missing
  from read.case_file f, json_to_recordset(f.resolution_state -> 'papers') as p(state text, unit text)
  where f.paper_units <> '{}' and f.paper_units && $1::text[] and p.unit = any($1::text[])
    and f.kind <> 'levy' and (f.reported_unit is null or f.reported_unit <> all($2::text[]))
  group by grouping sets ((p.unit), ())`;

const trips = `
  with made as (
    select * from read.trip
     where unit = any($1::text[]) and date >= ($2 || '-01')::date and date < ($2 || '-01')::date + interval '1 month'),
  carried as (
    select m.unit, count(distinct c.id)::int as cases from made m, unnest(m.cases) as c(id)
     group by grouping sets ((m.unit), ()))
  select m.unit, count(*)::int as trips, (count(*) filter (where m.approved))::int as approved,
    coalesce((select c.cases from carried c where c.unit is not distinct from m.unit), 0) as cases,
    coalesce(sum(m.kilometres), 0)::int as kilometres, coalesce(sum(m.cost), 0)::float8 as cost
  from made m group by grouping sets ((m.unit), ())`;

/** A case that went on from a unit which never handed over a paper of it. */
const savedWays = `
  with moved as (
    select m.case_id, coalesce(m.from_unit, f.filed_unit) as unit, m.to_unit
      from read.case_move m join read.case_file f using (case_id)
     where ${inMonth('m.at')} and ${mayCount})
  select m.unit, count(distinct m.case_id)::int as saved from moved m
   where m.unit = any($1::text[]) and m.unit <> m.to_unit
     and not exists (select 1 from read.papers_sent p where p.case_id = m.case_id and p.unit = m.unit)
   group by grouping sets ((m.unit), ())`;

/** Counts for reports, each by one statement: what comes back is one row a unit, however many cases there are. */
export class ReportCounts {
  constructor(
    private readonly source: DataSource,
    private readonly clock: CaseClock,
  ) {}

  async cases({ units, month, zone, never }: Asked): Promise<ByUnit<CaseCounts>> {
    return this.byUnit(receivedCases, [units, month, zone, never, await this.clock.now()]);
  }

  /** Now, whatever the month. */
  papers({ units, never }: Asked): Promise<ByUnit<PaperCounts>> {
    return this.byUnit(sentPapers, [units, never]);
  }

  trips({ units, month }: Asked): Promise<ByUnit<Omit<ErrandCounts, 'saved'>>> {
    return this.byUnit(trips, [units, month]);
  }

  saved({ units, month, zone, never }: Asked): Promise<ByUnit<Pick<ErrandCounts, 'saved'>>> {
    return this.byUnit(savedWays, [units, month, zone, never]);
  }

  private async byUnit<C>(sql: string, values: readonly unknown[]): Promise<ByUnit<C>> {
    const rows = await this.source.query<(C & { unit: string | null })[]>(sql, [...values]);
    return new Map(rows.map(({ unit, ...counts }) => [unit, counts as C]));
  }
}
