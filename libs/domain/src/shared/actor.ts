import { Refusal, type Actor, type FiledBy } from '@garda/contracts';

/** The program that replays another city's records; it alone may say when something happened. */
export const importProgram = 'import';

export function isImport(actor: Actor): boolean {
  return actor.kind === 'program' && actor.id === importProgram;
}

/** The record's own time is for the program `import`; everybody else acts now. */
export function checkOccurredAt(actor: Actor, occurredAt: string | undefined): void {
  if (occurredAt !== undefined && !isImport(actor))
    throw new Refusal('OCCURRED_AT_NOT_ALLOWED', 'only the program import may say when it happened');
}

/** The id under which somebody is assigned to a case. */
export function officerId(actor: Actor): string {
  if (actor.kind === 'staff' || isImport(actor)) return (actor as { id: string }).id;
  throw new Refusal('NOT_RESPONSIBLE', `a ${actor.kind} does no office work`);
}

/** Whether somebody acts for this unit: its staff, or the program `import` for whichever unit is responsible. */
export function actsFor(actor: Actor, unit: string): boolean {
  return isImport(actor) || (actor.kind === 'staff' && actor.unit === unit);
}

export function filedByOf(actor: Actor): FiledBy {
  if (actor.kind === 'staff') return { by: 'desk', unit: actor.unit, officer: actor.id };
  if (actor.kind === 'program') return { by: 'program', program: actor.id };
  return { by: 'citizen' };
}

/** The unit at whose desk a case was handed in, where it was at a desk. */
export function filingUnit(filedBy: FiledBy): string | undefined {
  return filedBy.by === 'desk' ? filedBy.unit : undefined;
}
