import type { LineName } from '@garda/contracts';
import { fileViews } from './file-views';

/**
 * One row a case, one section a context. A handler writes its own section only; what needs two of them is in the view.
 * Any fact of any context creates the row, so every column but the key may be empty. No personal data is here: words
 * of citizens are sealed before they reach a topic, and the folds keep their hashes only.
 */
export function createCaseFile(line: LineName): string {
  const { fileTable, timelineTable } = fileViews[line];
  return `
select pg_advisory_xact_lock(hashtext('read.${fileTable}')); -- replicas that start at once take turns
create table if not exists read.${fileTable} (
  case_id uuid primary key,
  intake_version int, intake_state json,
  number text, standard text, kind text, identity text, content text, filed_unit text, reported_unit text,
  citizen_status text, received_at timestamptz, desk_tasks json, desk_task_units text[],
  routing_version int, routing_state json,
  routing_status text, responsible_unit text, past_units text[], due_at timestamptz, stage_due_at timestamptz,
  clock_stopped boolean, leader uuid,
  resolution_version int, resolution_state json,
  work_status text, officer text, outcome text, workers text[], paper_units text[],
  work_tasks json, work_task_units text[],
  next_due_at timestamptz generated always as (least(stage_due_at, due_at)) stored
) with (fillfactor = 80);
create index if not exists ${fileTable}_number on read.${fileTable} (number);
create index if not exists ${fileTable}_unit on read.${fileTable} (responsible_unit, next_due_at);
create index if not exists ${fileTable}_due on read.${fileTable} (next_due_at);
create index if not exists ${fileTable}_received on read.${fileTable} (received_at);
create index if not exists ${fileTable}_papers on read.${fileTable} (case_id) where paper_units <> '{}';
create index if not exists ${fileTable}_desk_tasks on read.${fileTable} using gin (desk_task_units);
create index if not exists ${fileTable}_work_tasks on read.${fileTable} using gin (work_task_units);

create table if not exists read.${timelineTable} (
  case_id uuid not null, context text not null, version int not null,
  type text not null, recorded_at timestamptz not null, occurred_at timestamptz not null,
  actor_kind text not null, actor_unit text, officer text,
  primary key (case_id, context, version));
${views(line)}`;
}

function views(line: LineName): string {
  const { file, fileTable, timeline, timelineTable } = fileViews[line];
  return `
drop view if exists read.${file}; -- an older one may have other columns
create or replace view read.${timeline} as select * from read.${timelineTable};
create view read.${file} as
  select f.*,
    coalesce(f.work_status, 'known') as status,
    coalesce(f.routing_status not in ('settled', 'outside', 'released'), true)
      and coalesce(f.work_status in ('known', 'pending', 'working', 'waiting', 'handed'), true) as is_open,
    array_remove(array[f.responsible_unit, f.filed_unit] || coalesce(f.past_units, '{}') || coalesce(f.paper_units, '{}'),
      null) as related_units,
    coalesce(f.workers, '{}') as worked_by
  from read.${fileTable} f;
`;
}
