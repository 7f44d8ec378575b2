interface Waiter {
  readonly position: bigint;
  readonly done: (reached: boolean) => void;
}

/** Those who want to read what they wrote: each is told when its position is reached, or that it will not be. */
export class Waiters {
  private readonly all = new Set<Waiter>();

  get any(): boolean {
    return this.all.size > 0;
  }

  wait(position: bigint, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => waiter.done(false), timeoutMs);
      const waiter: Waiter = {
        position,
        done: (reached) => {
          clearTimeout(timer);
          this.all.delete(waiter);
          resolve(reached);
        },
      };
      this.all.add(waiter);
    });
  }

  reached(position: bigint): void {
    for (const waiter of this.all) if (waiter.position <= position) waiter.done(true);
  }

  giveUp(): void {
    for (const waiter of this.all) waiter.done(false);
  }
}
