import type { KnownResolutionCase, ResolutionCase, WorkCase } from './case';

/** What every status has, without what only one has. */
export function open(state: KnownResolutionCase): WorkCase {
  const { file, work, officer, accepted, questions, products, answers, told, leader, reopened } = state;
  const { link, mandate, disputes, barred, taken, papers, reminded: silences, money } = state;
  const { course, records } = state;
  return {
    ...{ file, work, officer, accepted, questions, products, answers, told, leader, reopened },
    ...{ link, mandate, disputes, barred, taken, papers, reminded: silences, money, course, records },
  };
}

/** Where a case rests when nobody is waited for: working, pending, or known where no unit has it. */
export function resting(state: WorkCase): ResolutionCase {
  const base = open(state as KnownResolutionCase);
  if (base.work === null) return { ...base, work: null, status: 'known' };
  return { ...base, work: base.work, status: base.accepted ? 'working' : 'pending' };
}
