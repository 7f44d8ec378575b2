import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Gateway } from '../gateway';
import type { Output } from './output';

const workShape = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  done: z.number(),
  of: z.number(),
  result: z.unknown().optional(),
  error: z.object({ code: z.string(), detail: z.string().optional() }).optional(),
});
export type Work = z.infer<typeof workShape>;

const operations = { program: 'operations' } as const;
const lookEveryMs = 500;
const tellEveryMs = 5_000;

/** Asks a service for long work, tells every few seconds how far it is, and answers how it ended. */
export async function carriedOut(
  door: Gateway,
  of: { readonly service: string; readonly path: string },
  out: Output,
): Promise<Work> {
  const { service, path } = of;
  const begun = workShape.parse((await door.post(operations, `/operations/${path}`, { service }, undefined)).json);
  for (let told = Date.now(); ;) {
    const work = workShape.parse((await door.get(operations, `/operations/work/${service}/${begun.id}`)).json);
    if (work.state !== 'running') return work;
    if (Date.now() - told > tellEveryMs) {
      told = Date.now();
      out.line(`${service}: ${work.done} of ${work.of}`);
    }
    await pause(lookEveryMs);
  }
}
