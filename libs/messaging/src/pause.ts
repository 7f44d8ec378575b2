/** Waits that a wake-up or a stop ends early. */
export class Pause {
  private readonly endings = new Set<() => void>();
  private woken = false;
  private stopped = false;

  get isStopped(): boolean {
    return this.stopped;
  }

  /** Ends the running waits, or the next one at once when none runs. */
  wake(): void {
    if (this.endings.size === 0) this.woken = true;
    for (const end of this.endings) end();
  }

  /** Ends the running waits and every later one. */
  stop(): void {
    this.stopped = true;
    for (const end of this.endings) end();
  }

  async wait(ms: number): Promise<void> {
    if (this.woken || this.stopped) {
      this.woken = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.endings.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.endings.add(end);
    });
  }
}

/** Resolves with the promise, or after `ms` whatever comes first; true when the promise was in time. */
export async function within(ms: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Grows from `first` to `most` by `factor`, with jitter, so that many waiting parties do not march in step. */
export function backoff(attempt: number, of: { first: number; most: number; factor?: number }): number {
  const grown = Math.min(of.most, of.first * (of.factor ?? 2) ** attempt);
  return grown * (0.75 + Math.random() / 2);
}
