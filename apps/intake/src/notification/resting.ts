/** Messages that were not taken, and until when each of them rests: by the machine's clock, and bounded. */
export class Resting {
  private readonly waiting = new Map<string, { failures: number; until: number }>();

  constructor(
    private readonly waitsMs: readonly number[],
    /** So many rest at most; when they do, nothing new is begun. */
    readonly limit: number,
  ) {}

  /** It failed once more: it rests longer each time, up to the last wait, or as long as it was asked to. */
  failed(id: string, asked?: number): void {
    const failures = (this.waiting.get(id)?.failures ?? 0) + 1;
    const wait = this.waitsMs[Math.min(failures, this.waitsMs.length) - 1] ?? 60_000;
    // Spread, so that what failed together does not come back together.
    this.waiting.set(id, { failures, until: Date.now() + (asked ?? wait * (0.9 + Math.random() * 0.2)) });
  }

  /** Done with: not looked at again before the projection can know. */
  settle(id: string, forMs: number): void {
    this.waiting.set(id, { failures: 0, until: Date.now() + forMs });
    setTimeout(() => this.forget(id), 2 * forMs).unref();
  }

  /** Whatever rests now. */
  ids(): string[] {
    const now = Date.now();
    return [...this.waiting].filter(([, { until }]) => until > now).map(([id]) => id);
  }

  /** Those that may be tried again now. */
  due(): string[] {
    const now = Date.now();
    return [...this.waiting].filter(([, { failures, until }]) => failures > 0 && until <= now).map(([id]) => id);
  }

  /** The others of these need nothing any more: somebody else told them. */
  keep(of: readonly string[], still: readonly string[]): void {
    for (const id of of) if (!still.includes(id)) this.waiting.delete(id);
  }

  get full(): boolean {
    return this.waiting.size >= this.limit;
  }

  private forget(id: string): void {
    if (this.waiting.get(id)?.failures === 0) this.waiting.delete(id);
  }
}
