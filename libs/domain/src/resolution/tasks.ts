import type { Rung } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import type { Task, TaskOfSilence } from '../shared/tasks';
import { isOpenWork, type KnownResolutionCase, type ResolutionCase } from './case';
import { papersNow } from './papers';
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

/** Whose mandate has ended gives the citizen's papers back (B.5), but for those that it needs for its own work on the case. */
function returning(state: KnownResolutionCase, catalogue: Catalogue): readonly Task[] {
  if (state.mandate?.state !== 'ended') return [];
  const unit = catalogue.present(state.mandate.unit);
  if (isOpenWork(state) && state.work !== null && catalogue.present(state.work.unit) === unit) return [];
  const held = papersNow(state.papers, catalogue).filter((paper) => paper.state === 'held' && paper.unit === unit);
  const [first] = held.map(({ since }) => since).sort();
  if (first === undefined) return [];
  return [{ what: 'return_papers', unit, since: first > state.mandate.at ? first : state.mandate.at }];
}
