import type { Vault } from '@garda/personal-data';
import type { Log, Part } from '@garda/service';
import type { GuessLimit } from './tracking/guess-limit';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/**
 * Removes what nobody needs, by the machine's clock: keys of people whose case was never appended, after a day, and old
 * counts of wrong codes. Any number of replicas may do it at once.
 */
export class Housekeeping implements Part {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(
    private readonly opts: {
      readonly vault: Vault;
      readonly guesses: GuessLimit;
      readonly log: Log;
      readonly everyMs?: number;
    },
  ) {}

  start(): void {
    const once = () => void (this.round = this.tidy());
    once();
    this.timer = setInterval(once, this.opts.everyMs ?? hour);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  private async tidy(): Promise<void> {
    const { vault, guesses, log } = this.opts;
    try {
      const count = await vault.removeOrphans(new Date(Date.now() - day));
      if (count > 0) log.info({ count }, 'keys without a case are removed');
      await guesses.sweep();
    } catch (err) {
      log.warn({ err }, 'housekeeping failed; the next round follows');
    }
  }
}
