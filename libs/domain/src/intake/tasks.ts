import type { Catalogue } from '../shared/catalogue';
import type { Task } from '../shared/tasks';
import type { IntakeCase, SubmittedCase } from './case';
import { erasureUnit, isErased, onList } from './erasure';
import { openMandate } from './mandate';
import { mandateWarnedAt } from './mandates';

/** What intake's facts ask of desks. */
export function intakeTasks(state: IntakeCase, catalogue: Catalogue): readonly Task[] {
  return state.status === 'none'
    ? []
    : [telling, deciding, ending, keeping].flatMap((tasks) => tasks(state, catalogue));
}

/**
 * A named person who came to a desk and can be reached no other way is told there (rule 12): he left no address, or what
 * was sent to it was refused. Until the desk has told him, or the page has.
 */
function telling(known: SubmittedCase, catalogue: Catalogue): readonly Task[] {
  if (isErased(known)) return [];
  const { file, news } = known;
  const { filedBy, identity, tellBy, reportedUnit } = file;
  if (filedBy.by !== 'desk' || identity !== 'named' || catalogue.isAboveOrSame(filedBy.unit, reportedUnit)) return [];
  const left = news.find((item) => item.told === null && (tellBy === 'page' || item.failed.length > 0));
  return left === undefined ? [] : [{ what: 'tell_citizen', unit: filedBy.unit, since: left.at }];
}

/** Somebody wants to be forgotten. */
function deciding(known: SubmittedCase, catalogue: Catalogue): readonly Task[] {
  const { erasure } = known;
  const unit = erasureUnit(known, catalogue);
  if (erasure?.state !== 'asked' || unit === undefined) return [];
  return [{ what: 'decide_erasure', unit, since: erasure.at }];
}

/** Whoever decides about erasing sees what the clock will erase, while it can still keep it. */
function keeping(known: SubmittedCase, catalogue: Catalogue): readonly Task[] {
  const list = onList(known);
  const unit = erasureUnit(known, catalogue);
  return list === null || unit === undefined ? [] : [{ what: 'retention_ends', unit, since: list.at }];
}

/** Whoever acts for the citizen is told three working days before he may no longer (B.5, B.6). */
function ending(state: SubmittedCase, catalogue: Catalogue): readonly Task[] {
  const mandate = openMandate(state);
  if (mandate?.warned !== true) return [];
  return [{ what: 'mandate_ends', unit: mandate.unit, since: mandateWarnedAt(state.file, mandate, catalogue) }];
}
