import type { ProjectionRunner } from '@garda/projection';

/** The read models of the local log that a citizen or an Open311 client may ask right after a command. */
export class ReadViews {
  constructor(
    private readonly runners: readonly Pick<ProjectionRunner, 'waitFor'>[],
    private readonly within = 2000,
  ) {}

  /** False when the time is over: the fact is stored all the same. */
  async show(position: bigint): Promise<boolean> {
    const shown = await Promise.all(this.runners.map((runner) => runner.waitFor(position, this.within)));
    return shown.every(Boolean);
  }
}
