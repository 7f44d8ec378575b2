import type { RecordedResolutionFact } from '@garda/contracts';

/** What happened to the work on its way, each at most once. */
export interface Course {
  /** Officers who are a party: none of them has the case. */
  readonly parties: readonly string[];
  /** When the first step was taken. */
  readonly firstStep: string | null;
  readonly extension: Longer | null;
  readonly supervision: Longer | null;
  /** When the reported unit was heard last. */
  readonly heard: string | null;
}

interface Longer {
  readonly unit: string;
  readonly time: string;
  readonly at: string;
}

export const freshCourse: Course = { parties: [], firstStep: null, extension: null, supervision: null, heard: null };

const courseFacts = [
  'PartyDeclared',
  'FirstStepTaken',
  'TimeExtended',
  'SupervisionFound',
  'ReportedUnitHeard',
] as const;
export type CourseFact = Extract<RecordedResolutionFact, { type: (typeof courseFacts)[number] }>;

const isOfCourse: ReadonlySet<string> = new Set(courseFacts);

export function isCourseFact(fact: { readonly type: string }): fact is CourseFact {
  return isOfCourse.has(fact.type);
}

export function courseAfter(course: Course, fact: CourseFact): Course {
  const { recordedAt: at } = fact;
  switch (fact.type) {
    case 'PartyDeclared':
      return { ...course, parties: [...course.parties, fact.data.officer] };
    case 'FirstStepTaken':
      return { ...course, firstStep: at };
    case 'TimeExtended':
      return { ...course, extension: { unit: fact.data.unit, time: fact.data.time, at } };
    case 'SupervisionFound':
      return { ...course, supervision: { unit: fact.data.unit, time: fact.data.time, at } };
    case 'ReportedUnitHeard':
      return { ...course, heard: at };
  }
}

/** Whoever is a party has not got the case any more. */
export function withoutParty<S extends { readonly officer: string | null; readonly taken: unknown }>(
  state: S,
  { type, data }: CourseFact,
): S {
  return type === 'PartyDeclared' && state.officer === data.officer ? { ...state, officer: null, taken: null } : state;
}
