import type { Context } from '@garda/contracts';
import {
  deadline,
  intakeFold,
  intakeTasks,
  isInTheHouse,
  isOpen,
  isToCollect,
  resolutionFold,
  routingFold,
  workTasks,
  type Catalogue,
  type Fold,
  type IssuedProduct,
  type IntakeCase,
  type KnownRoutingCase,
  type Paper,
  type ResolutionCase,
  type RoutingCase,
  type Task,
} from '@garda/domain';

type Value = string | number | boolean | readonly string[] | readonly Task[] | null;

/** What one context says of a case: its own fold, and the columns that lists and rights are asked by. */
export interface Section<S> {
  readonly context: Context;
  readonly fold: Fold<S>;
  /** Column → its type in SQL. */
  readonly columns: Readonly<Record<string, string>>;
  /** A pure function of the section's own state and of reference data by version. */
  valuesOf(state: S, catalogue: Catalogue): Readonly<Record<string, Value>>;
}

const intake: Section<IntakeCase> = {
  context: 'intake',
  fold: intakeFold,
  columns: {
    number: 'text',
    standard: 'text',
    kind: 'text',
    identity: 'text',
    content: 'text',
    filed_unit: 'text',
    reported_unit: 'text',
    citizen_status: 'text',
    received_at: 'timestamptz',
    desk_tasks: 'json',
    desk_task_units: 'text[]',
  },
  valuesOf(state, catalogue) {
    if (state.status === 'none') return {};
    const { file } = state;
    const tasks = intakeTasks(state, catalogue);
    return {
      number: file.number,
      standard: file.terms.standard,
      kind: file.terms.kind,
      identity: file.identity,
      content: file.content,
      filed_unit: file.filedBy.by === 'desk' ? file.filedBy.unit : null,
      reported_unit: file.reportedUnit,
      citizen_status: state.status,
      received_at: file.receivedAt,
      desk_tasks: tasks,
      desk_task_units: tasks.map(({ unit }) => unit),
    };
  },
};

const routing: Section<RoutingCase> = {
  context: 'routing',
  fold: routingFold,
  columns: {
    routing_status: 'text',
    responsible_unit: 'text',
    past_units: 'text[]',
    due_at: 'timestamptz',
    stage_due_at: 'timestamptz',
    clock_stopped: 'boolean',
    leader: 'uuid',
  },
  valuesOf(state, catalogue) {
    if (state.status === 'none') return {};
    const times = deadline(asOpen(state), catalogue);
    return {
      routing_status: state.status,
      responsible_unit: state.place?.unit ?? null,
      past_units: state.past,
      due_at: times?.totalDueAt ?? null,
      stage_due_at: isOpen(state) ? (times?.stageDueAt ?? null) : null,
      clock_stopped: isOpen(state) && (times?.stopped ?? false),
      leader: state.leader,
    };
  },
};

/** A settled case has no clock any more, but the file goes on saying what was promised. */
function asOpen(state: KnownRoutingCase): KnownRoutingCase {
  return isOpen(state) ? state : { ...state, status: 'unrouted' };
}

const resolution: Section<ResolutionCase> = {
  context: 'resolution',
  fold: resolutionFold,
  columns: {
    ...{ work_status: 'text', officer: 'text', outcome: 'text', workers: 'text[]', paper_units: 'text[]' },
    ...{ work_tasks: 'json', work_task_units: 'text[]' },
  },
  valuesOf(state, catalogue) {
    if (state.status === 'none') return {};
    const tasks = workTasks(state, catalogue);
    const decision = 'decision' in state ? state.decision : null;
    const outcome = decision?.outcome ?? null;
    return {
      work_status: state.status,
      officer: state.officer,
      outcome,
      workers: state.workers,
      paper_units: holders(state.papers, state.products),
      work_tasks: tasks,
      work_task_units: tasks.map(({ unit }) => unit),
    };
  },
};

/** Who has papers of a case in hand, sent them, or waits for them; and who has a product that the citizen may fetch. */
function holders(papers: readonly Paper[], products: readonly IssuedProduct[]): readonly string[] {
  const units = papers.filter(isInTheHouse).flatMap(({ unit, to }) => (to === null ? [unit] : [unit, to]));
  return [...new Set([...units, ...products.filter(isToCollect).map(({ holder }) => holder)])];
}

/** What a handler does with a section whose state it does not look into. */
export type AnySection = Section<unknown>;
/** Each section only ever gets states of its own fold: they are stored per section and never mixed. */
export const sections: Readonly<Record<Context, AnySection>> = {
  intake: intake as AnySection,
  routing: routing as AnySection,
  resolution: resolution as AnySection,
};
