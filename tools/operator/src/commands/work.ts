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

/** Why it failed: a code, and words where they are harmless. */
export function reasonOf({ error }: Work): string {
  return `${error?.code ?? 'UNKNOWN'}${error?.detail === undefined ? '' : ` (${error.detail})`}`;
}

/** Asks a service for long work, tells every few seconds how far it is, and answers how it ended. */
export async function carriedOut(
  door: Gateway,
  of: { readonly service: string; readonly path: string; readonly what?: object },
  out: Output,
): Promise<Work> {
  const { service, path, what } = of;
  const asked = await door.post(operations, `/operations/${path}`, { service, ...what }, undefined);
  const begun = workShape.parse(asked.json);
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
