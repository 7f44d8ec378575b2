import type { Context } from '@garda/contracts';

/** A silence, and what the house does about it (domain, B.6). */
export interface Silence {
  /** Whose silence, about what. */
  readonly of: string;
  /** When each rung is reached, from the same beginning; empty: the case's own terms say it. */
  readonly terms: readonly string[];
  readonly from: string;
  /** The context whose clock fires it. */
  readonly firedBy: Context;
  readonly effect: string;
  /** S: read about another regency or the nation; A: assumed, to be confirmed by the regency; none: from the rule itself. */
  readonly mark?: 'S' | 'A';
}

/** The one table of silences: what the rules count by, and what docs/domain/silences.md shows. Not in force: none. */
export const silences = {
  unassigned: {
    of: 'nobody is assigned',
    terms: ['1wd', '2wd', '3wd', '4wd'],
    from: 'the case was given to the unit',
    firedBy: 'routing',
    effect: 'told to the head of the unit, of the district, to the quality unit, to the regional secretary; each once',
    mark: 'A',
  },
  triage: {
    of: 'triage',
    terms: ['3wd'],
    from: 'sent to triage',
    firedBy: 'routing',
    effect: 'told to the regional secretary',
    mark: 'S',
  },
  handover: {
    of: 'the receiver, where no papers travel',
    terms: ['1wd'],
    from: 'hand-over',
    firedBy: 'routing',
    effect: 'acknowledged, as if said',
    mark: 'A',
  },
  papers_not_acknowledged: {
    of: 'the receiver of papers',
    terms: ['2wd'],
    from: 'hand-over',
    firedBy: 'resolution',
    effect: 'told to both heads; never taken as said',
    mark: 'A',
  },
  papers_not_sent_on: {
    of: 'papers that are not sent on',
    terms: ['1wd'],
    from: 'the offer to another unit, or since the papers came',
    firedBy: 'resolution',
    effect: 'told to the head of the unit that has them',
    mark: 'A',
  },
  papers_missing: {
    of: 'papers that did not come with the others',
    terms: ['2wd'],
    from: 'acknowledgement',
    firedBy: 'resolution',
    effect: 'told to the head of the sender: send them, or declare them lost',
  },
  completeness_check: {
    of: 'the check whether the file is complete',
    terms: ['1wd'],
    from: 'taken, or since the papers came',
    firedBy: 'resolution',
    effect: 'told to the head of the unit; then the file counts as complete',
  },
  refund_not_decided: {
    of: 'a refund that nobody decides',
    terms: ['180d', '194d'],
    from: 'claim',
    firedBy: 'resolution',
    effect: 'told to the head of the treasury, two weeks later (A) to the regional secretary',
    mark: 'S',
  },
  refund_not_paid: {
    of: 'a refund that is granted and not paid',
    terms: ['60d', '74d'],
    from: 'decision',
    firedBy: 'resolution',
    effect: 'told to the head of the treasury, two weeks later (A) to the regional secretary',
    mark: 'S',
  },
  papers_not_fetched: {
    of: 'papers that are not fetched',
    terms: ['20wd', '40wd'],
    from: 'the end of the work, or since the last of them is back at a desk',
    firedBy: 'resolution',
    effect: 'told to the citizen, twice',
    mark: 'A',
  },
  archive: {
    of: 'papers that are not fetched, still',
    terms: ['60wd'],
    from: 'the end of the work, or since the last of them is back at a desk',
    firedBy: 'resolution',
    effect: 'archived',
    mark: 'A',
  },
  stage: {
    of: 'a stage that is due',
    terms: [],
    from: 'receipt or hand-over, by the pinned standard, less the stops',
    firedBy: 'routing',
    effect: 'recorded as missed; the next head of the ladder is told',
  },
  total: {
    of: 'the whole case that is due',
    terms: [],
    from: 'receipt, by the pinned standard, less the stops',
    firedBy: 'routing',
    effect: 'recorded as missed; the next head of the ladder is told',
  },
  first_step: {
    of: 'the first step, where one is promised',
    terms: [],
    from: 'the case was given to the unit',
    firedBy: 'routing',
    effect: 'the next head of the ladder is told',
  },
  answer: {
    of: 'the citizen, on a question',
    terms: [],
    from: 'notification; where none succeeds within 10 wd (A), from then',
    firedBy: 'resolution',
    effect: 'decided with no_answer; the window to object opens',
  },
  fee_not_paid: {
    of: 'the citizen, on a bill',
    terms: ['10wd'],
    from: 'the bill’s own term after the notification',
    firedBy: 'resolution',
    effect: 'reminded when the bill’s term is over; after this term decided with no_answer',
    mark: 'A',
  },
  close: {
    of: 'the citizen, after a decision',
    terms: [],
    from: 'notification; where none succeeds within 10 wd (A), from then; at once where he is satisfied',
    firedBy: 'resolution',
    effect: 'closed',
  },
  product_not_collected: {
    of: 'a document that is not collected',
    terms: ['10wd'],
    from: 'ready at the desk where it is handed over',
    firedBy: 'resolution',
    effect: 'told to the citizen',
    mark: 'A',
  },
  product_taken_back: {
    of: 'a document that is not collected, still',
    terms: ['60wd'],
    from: 'ready at the desk where it is handed over',
    firedBy: 'resolution',
    effect: 'back to whoever issued it',
    mark: 'A',
  },
  disputed: {
    of: 'whoever is to decide a dispute',
    terms: ['5wd'],
    from: 'dispute',
    firedBy: 'routing',
    effect: 'told to the regional secretary',
    mark: 'A',
  },
  levy: {
    of: 'a levy report that nobody takes',
    terms: ['3wd', '6wd', '9wd'],
    from: 'receipt, the offer to another unit, or since its officer gave it up',
    firedBy: 'routing',
    effect:
      'on the restricted line alone: told to the head of the inspectorate, to the regional secretary (as a bare count, ' +
      'unless he stands in), to the body outside that stands in for him; each once',
    mark: 'A',
  },
  outside: {
    of: 'a body outside',
    terms: ['10wd', '60wd'],
    from: 'referral',
    firedBy: 'routing',
    effect: 'the referring unit is told to ask there; then put on record that no answer came',
    mark: 'A',
  },
  mandate: {
    of: 'a mandate that is about to end',
    terms: ['30wd'],
    from: 'recorded',
    firedBy: 'intake',
    effect: 'three working days before its end the citizen is told; then it ends',
    mark: 'A',
  },
  erasure: {
    of: 'a request to erase personal data',
    terms: ['3×24h', '6×24h'],
    from: 'the request; a task of the quality unit from then on',
    firedBy: 'intake',
    effect: 'told to the quality unit; then to the regional secretary',
  },
  retention: {
    of: 'whoever could still need personal data when their time of keeping ends',
    terms: ['30d'],
    from: 'told to the quality unit, that long before the end of the pinned time after closing',
    firedBy: 'intake',
    effect: 'erased, unless the unit keeps them on for an inquiry (a year) or something bars it',
    mark: 'A',
  },
} as const satisfies Record<string, Silence>;

/** The terms of `erasure` in hours of the clock, on the wall: no office hours, no days off. */
export const erasureSilenceHours: readonly number[] = silences.erasure.terms.map((term) => {
  const [days = NaN, hours = NaN] = term.split('×').map((part) => Number.parseInt(part, 10));
  return days * hours;
});

/** For how many days the end of a time of keeping is on the list before it comes. */
export const retentionListedDays = Number.parseInt(silences.retention.terms[0], 10);
