import { z } from 'zod';
import { declaredMoney } from './events/declared';
import { publicNumber, standardCode, unitCode } from './values';

/** Why somebody should look at money that was declared. */
export const watchReasons = z.enum(['above_ceiling', 'above_assessed', 'no_tariff']);
export type WatchReason = z.infer<typeof watchReasons>;

const rupiah = z.number().int().meta({ description: 'Whole rupiah' });

/** Declared against assessed, line by line; `line` is null for money that no line of the tariff was named for. */
export const declaredLine = z.object({
  line: z.string().nullable(),
  declared: rupiah,
  assessed: rupiah,
  received: rupiah,
  ceiling: rupiah.nullable(),
  watched: z.array(watchReasons),
});
export type DeclaredLine = z.infer<typeof declaredLine>;

/** What was declared about a case, as those read it who watch over money (`declared.read`). Words stay sealed. */
export const declaredCase = z.object({
  caseId: z.uuid(),
  number: publicNumber,
  standard: standardCode,
  unit: unitCode.nullable(),
  declared: rupiah,
  assessed: rupiah,
  received: rupiah,
  watched: z.boolean(),
  lines: z.array(declaredLine),
  payments: z.array(declaredMoney.extend({ payment: z.uuid(), declaredAt: z.iso.datetime() })),
});
export type DeclaredCase = z.infer<typeof declaredCase>;

export const declaredPage = z.object({ items: z.array(declaredCase), next: z.string().optional() });
export type DeclaredPage = z.infer<typeof declaredPage>;
