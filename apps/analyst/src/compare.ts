import { contexts, type Context } from '@garda/contracts';
import { z } from 'zod';
import type { Replayed } from './replay';

const answer = z.object({
  services: z.record(z.string(), z.object({ position: z.string(), cases: z.number(), digest: z.string() })),
});
export type LiveDigests = z.infer<typeof answer>['services'];

/** What each service says of its own live projection, through the gateway. */
export async function liveDigests(gateway: string, token: string): Promise<LiveDigests> {
  const response = await fetch(`${gateway.replace(/\/$/, '')}/operations/digest`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new Error(`the gateway answers ${response.status}: ${(await response.text()).slice(0, 300)}`);
  return answer.parse(await response.json()).services;
}

export type Verdict = 'equal' | 'different' | 'at another position';

/** Digests of two positions cannot be compared: then the system was moving, and nothing is proven either way. */
export function verdicts(replayed: Readonly<Record<Context, Replayed>>, live: LiveDigests): Record<Context, Verdict> {
  const verdict = (context: Context): Verdict => {
    const there = live[context];
    const here = replayed[context];
    if (there === undefined || there.position !== here.position) return 'at another position';
    return there.digest === here.digest ? 'equal' : 'different';
  };
  return Object.fromEntries(contexts.map((context) => [context, verdict(context)])) as Record<Context, Verdict>;
}
