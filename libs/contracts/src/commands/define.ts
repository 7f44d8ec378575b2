import { z } from 'zod';
import { instant, type Context } from '../values';

/** When it happened, as the record says. Only the program `import` may say so; refused from anybody else. */
export const occurredAt = instant.optional();

/** A staff command: who may (verb of roles.yaml), which service decides, what is said. */
export interface StaffCommandContract<B extends z.ZodType = z.ZodType> {
  readonly verb: string;
  readonly context: Context;
  readonly body: B;
  /** One line for the reference page. */
  readonly summary: string;
}

export const command = <C extends Context, B extends z.ZodType>(
  context: C,
  verb: string,
  summary: string,
  body: B,
) => ({
  context,
  verb,
  summary,
  body,
});
