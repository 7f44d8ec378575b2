export interface RoundsOptions {
  readonly work: () => Promise<unknown>;
  /** A round that failed ends no other: the next one follows. */
  readonly onError: (error: unknown) => void;
  /** Rests one to two of these between rounds, by chance, so that replicas do not all look at once. */
  readonly everyMs?: number | undefined;
}

const usualMs = 1_000;

/** The same work round after round, never two at once, until it is stopped. */
export class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<unknown> = Promise.resolve();
  private state: 'new' | 'running' | 'stopped' = 'new';

  constructor(private readonly options: RoundsOptions) {}

  start(): void {
    this.state = 'running';
    this.next(0);
  }

  /** Long work looks at this between its parts. False where the work is asked for without rounds. */
  get stopping(): boolean {
    return this.state === 'stopped';
  }

  /** Resolves when the round under way is done. */
  async stop(): Promise<void> {
    this.state = 'stopped';
    clearTimeout(this.timer);
    await this.round;
  }

  private next(wait: number): void {
    const { work, onError, everyMs = usualMs } = this.options;
    this.timer = setTimeout(() => {
      this.round = work()
        .catch(onError)
        .finally(() => {
          if (!this.stopping) this.next(everyMs + Math.random() * everyMs);
        });
    }, wait);
  }
}
