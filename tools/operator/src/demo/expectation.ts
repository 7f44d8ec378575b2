/** What a case must have become: written by hand from the rules and the calendar, never from a run. */
export interface Expected {
  readonly title: string;
  /**
   * Names of the facts in order per context. The notes that somebody was told (`CitizenNotified`, `CitizenTold`) follow
   * the news at their own pace, so they are left out here and counted in `told`.
   */
  readonly intake: string;
  readonly routing: string;
  readonly resolution: string;
  /** How often the citizen was told. */
  readonly told: string;
  /** State of the work at the end. */
  readonly status: string;
  /** The unit that answers for it at the end, or did last. */
  readonly unit: string;
  /** When it is due: seen right after the first round, local time to the minute. */
  readonly due: string;
  /** When it is due after a stop; only where it moved. */
  readonly dueAfterStop?: string;
}

/** What was seen, in the same words. */
export type Seen = Omit<Expected, 'title'>;

export interface Difference {
  readonly field: keyof Seen;
  readonly expected: string;
  readonly seen: string;
}

const fields = ['intake', 'routing', 'resolution', 'told', 'status', 'unit', 'due', 'dueAfterStop'] as const;

/** Every field that is not as expected; none means that the case went right. */
export function differences(expected: Expected, seen: Seen): Difference[] {
  return fields.flatMap((field) => {
    const [want, got] = [expected[field] ?? '', seen[field] ?? ''];
    return want === got ? [] : [{ field, expected: want, seen: got }];
  });
}
