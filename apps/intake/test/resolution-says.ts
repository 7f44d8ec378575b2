import type { Harness } from './harness';

/** A fact of resolution, once intake has taken it over: its id. */
export async function resolutionSays(to: Harness, caseId: string, type: string, data: object): Promise<string> {
  const ref = await to.resolution.write(caseId, type, data);
  await to.until(async () => (await to.events(caseId)).some((e) => (e.data as { ref?: string }).ref === ref));
  return ref;
}
