import type { Rung } from '@garda/contracts';

/** Something that a desk is to do, until it is done: derived from the facts, never stored as one. */
export interface Task {
  readonly what: TaskName;
  readonly unit: string;
  /** Since when it is to be done. */
  readonly since: string;
}

/** Rungs that tell a unit of a silence: what to do about it is its task. */
export type TaskOfSilence = Exclude<Rung, 'papers_not_fetched' | 'fee_not_paid' | 'product_not_collected'>;

/** What a silence tells a unit of, and what other facts ask of one. */
export type TaskName =
  'tell_citizen' | 'decide_erasure' | 'retention_ends' | 'mandate_ends' | 'return_papers' | TaskOfSilence;
