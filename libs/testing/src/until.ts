import type { RecordedEvent } from '@garda/contracts';

const everyMs = 20;

/** Waits for what others do in their own time; throws where that does not happen in time. */
export async function until(holds: () => Promise<boolean> | boolean, timeoutMs = 20_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; !(await holds());) {
    if (Date.now() > end) throw new Error(`it did not come to pass within ${timeoutMs} ms: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** Waits until a stream holds facts of exactly these types, and gives them; fails with what it holds instead. */
export async function untilStream(
  read: () => Promise<readonly RecordedEvent[]>,
  types: readonly string[],
  timeoutMs = 15_000,
): Promise<readonly RecordedEvent[]> {
  for (const end = Date.now() + timeoutMs; ;) {
    const found = await read();
    const seen = found.map(({ type }) => type);
    if (seen.join() === types.join()) return found;
    if (Date.now() > end) {
      expect(seen).toEqual(types);
      throw new Error(`a stream that ends as ${types.join()} took longer than ${timeoutMs} ms`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
