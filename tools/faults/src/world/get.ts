/** What an address answers; nothing when nobody listens or the answer takes longer than five seconds. */
export async function get(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string } | undefined> {
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(5_000) });
    return { status: answer.status, text: await answer.text() };
  } catch {
    return undefined; // the caller's patience decides
  }
}
