import type { ResolutionData } from '@garda/contracts';
import type { KnownResolutionCase, ResolutionCase, WorkCase } from './case';
import { freshCourse } from './course';
import { noMoney } from './fees';

/** What every status has, without what only one has. */
export function open(
  state: KnownResolutionCase,
  records = state.records,
  workers = state.workers,
  status = state.status,
): WorkCase & Pick<KnownResolutionCase, 'status'> {
  // One literal, member by member, and no object to bring its members: every fact of a case passes here, and an object
  // spread into another was two thirds of a fold's time.
  return {
    file: state.file,
    work: state.work,
    officer: state.officer,
    accepted: state.accepted,
    questions: state.questions,
    products: state.products,
    answers: state.answers,
    told: state.told,
    leader: state.leader,
    reopened: state.reopened,
    link: state.link,
    mandate: state.mandate,
    disputes: state.disputes,
    barred: state.barred,
    taken: state.taken,
    papers: state.papers,
    reminded: state.reminded,
    money: state.money,
    course: state.course,
    records,
    workers,
    status,
  };
}

/** Where a case rests when nobody is waited for: working, pending, or known where no unit has it. */
export function resting(state: WorkCase): ResolutionCase {
  const status = state.work === null ? 'known' : state.accepted ? 'working' : 'pending';
  return open(state as KnownResolutionCase, state.records, state.workers, status) as ResolutionCase;
}

/** In the order in which `open` has them: states of one shape are copied fastest. */
export function fresh(data: ResolutionData<'CaseKnown'>): ResolutionCase {
  return {
    file: { ...data, reportedUnit: data.reportedUnit ?? null },
    work: null,
    officer: null,
    accepted: false,
    questions: [],
    products: [],
    answers: [],
    told: [],
    leader: null,
    reopened: 0,
    link: 0,
    mandate: null,
    disputes: [],
    barred: [],
    taken: null,
    papers: [],
    reminded: [],
    money: noMoney,
    course: freshCourse,
    records: [],
    workers: [],
    status: 'known',
  };
}
