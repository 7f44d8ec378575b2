import type { Rung } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import type { Task, TaskOfSilence } from '../shared/tasks';
import { isOpenWork, type KnownResolutionCase, type Proxy, type ResolutionCase } from './case';
import { isProxy } from './paper-desk';
import { papersNow, type Paper } from './papers';
import { stillSilent } from './reminders';

const ofCitizen: ReadonlySet<Rung> = new Set(['papers_not_fetched', 'fee_not_paid', 'product_not_collected']);
const isTask = (rung: Rung): rung is TaskOfSilence => !ofCitizen.has(rung);

/** What units are to do beside the work: what they were told of a silence, as long as it lasts, and what they owe. */
export function workTasks(state: ResolutionCase, catalogue: Catalogue): readonly Task[] {
  return state.status === 'none' ? [] : [...silent(state, catalogue), ...returning(state, catalogue)];
}

function silent(state: KnownResolutionCase, catalogue: Catalogue): readonly Task[] {
  const tasks = state.reminded.flatMap((one) => {
    const { rung: what, at: since } = one;
    return isTask(what) ? stillSilent(state, one, catalogue).map((unit): Task => ({ what, unit, since })) : [];
  });
  return tasks.filter(
    ({ what, unit }, index) => tasks.findIndex((one) => one.what === what && one.unit === unit) === index,
  );
}

/** Whoever may no longer act for the citizen gives his papers back (B.5). */
function returning(state: KnownResolutionCase, catalogue: Catalogue): readonly Task[] {
  const { mandate } = state;
  if (mandate === null) return [];
  const owed = papersNow(state.papers, catalogue).filter((paper) => isOwed(paper, state, mandate, catalogue));
  return [...new Set(owed.map(({ unit }) => unit))].map((unit): Task => {
    const [first = mandate.at] = owed
      .filter((paper) => paper.unit === unit)
      .map(({ since }) => since)
      .sort();
    return { what: 'return_papers', unit, since: first > mandate.at ? first : mandate.at };
  });
}

/** What it kept as his proxy; and what its desk still has, but for what it needs for its own work on the case. */
function isOwed({ state: is, unit }: Paper, state: KnownResolutionCase, mandate: Proxy, catalogue: Catalogue): boolean {
  if (is === 'with_proxy') return !isProxy(mandate, unit);
  if (is !== 'held' || mandate.state !== 'ended' || catalogue.present(mandate.unit) !== unit) return false;
  return !isOpenWork(state) || state.work === null || catalogue.present(state.work.unit) !== unit;
}
