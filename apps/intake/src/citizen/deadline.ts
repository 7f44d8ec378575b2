import { explainedDue, type ExplainedDueBody } from '@garda/contracts';
import { toldExplained, type ExplainedDue } from '@garda/domain';
import type { Language } from '@garda/service';
import { z } from 'zod';
import { wordsOfDayOff, wordsOfProvisional, wordsOfStep } from './deadline-words';

const [startStep, termStep, stopStep] = explainedDue.shape.steps.element.options;
const words = z.string();
/** A step in the citizen's words, and each day off by its name. */
const inWords = { words, daysOff: z.array(termStep.shape.daysOff.element.extend({ words })) };

export const deadlineSchema = explainedDue.extend({
  calendar: z.string().meta({ description: 'The edition by which it is counted, pinned when the case came in' }),
  words: words.optional().meta({ description: 'That the date is provisional, if it is' }),
  steps: z.array(
    z.discriminatedUnion('what', [startStep.extend({ words }), termStep.extend(inWords), stopStep.extend(inWords)]),
  ),
});
export type CitizenDeadline = z.infer<typeof deadlineSchema>;

export interface DeadlineMaterial {
  readonly explained: ExplainedDue;
  readonly calendar: string;
  /** IANA name of the zone in which he reads dates. */
  readonly zone: string;
  readonly language: Language;
}

/** Why his case is due when it is, in his language. */
export function deadlineOf({ explained, calendar, zone, language }: DeadlineMaterial): CitizenDeadline {
  const { dueAt, provisional, steps } = toldExplained(explained);
  return {
    ...{ calendar, dueAt, provisional },
    ...(provisional ? { words: wordsOfProvisional(language) } : {}),
    steps: steps.map((step) => stepOf(step, { zone, language })),
  };
}

function stepOf(
  step: ExplainedDueBody['steps'][number],
  { zone, language }: { zone: string; language: Language },
): CitizenDeadline['steps'][number] {
  const said = wordsOfStep(step, { zone, language });
  if (step.what === 'start') return { ...step, words: said };
  const daysOff = step.daysOff.map((day) => ({ ...day, words: wordsOfDayOff(day, language) }));
  return { ...step, daysOff, words: said };
}
