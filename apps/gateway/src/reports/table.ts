/**
 * What reports are counted from besides the case file: errands with papers, and cases that went from unit to unit. Of a
 * trip neither who went nor who wrote it down is kept: no report is about a person.
 */
export const createErrands = `
select pg_advisory_xact_lock(hashtext('read.trip_v1')); -- replicas that start at once take turns
create table if not exists read.trip_v1 (
  trip_id uuid primary key, unit text not null, to_unit text not null, date date not null, cases uuid[] not null,
  kilometres int not null, cost_line text not null, cost bigint not null, approved boolean not null default false);
create index if not exists trip_v1_unit on read.trip_v1 (unit, date);

-- from_unit is empty where the case came from the desk that filed it: the case file knows which.
create table if not exists read.case_move_v1 (
  case_id uuid not null, version int not null, from_unit text, to_unit text not null, at timestamptz not null,
  primary key (case_id, version));
create index if not exists case_move_v1_at on read.case_move_v1 (at);

-- Which unit ever sent papers of a case on: then a move of that case from there saved nobody a way.
create table if not exists read.papers_sent_v1 (case_id uuid not null, unit text not null, primary key (case_id, unit));

create or replace view read.papers_sent as select * from read.papers_sent_v1;
create or replace view read.trip as select * from read.trip_v1;
create or replace view read.case_move as select * from read.case_move_v1;
`;
