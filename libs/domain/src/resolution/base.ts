import type { KnownResolutionCase, ResolutionCase, WorkCase } from './case';

/** What every status has, without what only one has. */
export function open(
  state: KnownResolutionCase,
  { records, status }: Pick<KnownResolutionCase, 'records' | 'status'> = state,
): WorkCase & Pick<KnownResolutionCase, 'status'> {
  // One literal, member by member: every fact of a case passes here, and copies of copies are most of a fold's time.
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
    status,
  };
}

/** Where a case rests when nobody is waited for: working, pending, or known where no unit has it. */
export function resting(state: WorkCase): ResolutionCase {
  const status = state.work === null ? 'known' : state.accepted ? 'working' : 'pending';
  return open(state as KnownResolutionCase, { records: state.records, status }) as ResolutionCase;
}
