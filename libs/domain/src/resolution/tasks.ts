import type { Rung } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import type { Task, TaskName } from '../shared/tasks';
import type { ResolutionCase } from './case';
import { isSilentStill } from './reminders';

const ofCitizen: ReadonlySet<Rung> = new Set(['papers_not_fetched', 'fee_not_paid', 'product_not_collected']);
const isTask = (rung: Rung): rung is Exclude<TaskName, 'tell_citizen' | 'decide_erasure'> => !ofCitizen.has(rung);

/** What the units that were told of a silence are to do, as long as it lasts. */
export function workTasks(state: ResolutionCase, catalogue: Catalogue): readonly Task[] {
  if (state.status === 'none') return [];
  const tasks = state.reminded
    .filter((one) => isSilentStill(state, one, catalogue))
    .flatMap(({ rung, to, at }) => (isTask(rung) ? to.map((unit): Task => ({ what: rung, unit, since: at })) : []));
  return tasks.filter(
    ({ what, unit }, index) => tasks.findIndex((one) => one.what === what && one.unit === unit) === index,
  );
}
