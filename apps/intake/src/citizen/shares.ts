import type { RecordedEvent } from '@garda/contracts';
import type { Language } from '@garda/service';
import { z } from 'zod';
import { wordsOfShare } from './words';
import { sharesTold, type Catalogue } from '@garda/domain';

/** Whose share of the time it was so far, in words; the while that lasts is not in it. */
export const timeSchema = z.array(
  z.object({
    with: z.enum(['unit', 'transit', 'citizen', 'triage']),
    unit: z.object({ code: z.string(), name: z.string() }).optional(),
    minutes: z.number().int().meta({ description: 'Office time' }),
    words: z.string(),
  }),
);

interface Material {
  readonly events: readonly RecordedEvent[];
  readonly catalogue: Catalogue;
  readonly language: Language;
}
type UnitOf = (code: string, catalogue: Catalogue) => { code: string; name: string };

export function timeOf({ events, catalogue, language }: Material, unitOf: UnitOf): z.infer<typeof timeSchema> {
  return sharesTold(events, catalogue).map(({ with: who, unit: code, minutes }) => {
    const unit = code === null ? undefined : unitOf(code, catalogue);
    const words = wordsOfShare({ who, unit: unit?.name, minutes }, language);
    return { with: who, minutes, words, ...(unit === undefined ? {} : { unit }) };
  });
}
