import { setTimeout as pause } from 'node:timers/promises';
import type { Gateway } from './gateway';
import { fingerprint, waitUntilQuiet, type SystemProgress } from './quiet';

/** Messages to citizens follow their news within a moment; a message that comes too early waits for a second. */
const notifierMs = 1500;
/** The timers of every service sweep at the latest after two seconds. */
const sweepMs = 2300;

/** Waits until the system is at rest, and stays so while whatever works by itself has had its turn. */
export class Settling {
  constructor(private readonly gateway: Gateway) {}

  /** After a command: everything that follows from it has happened. */
  async afterCommands(): Promise<SystemProgress> {
    return this.restFor(notifierMs);
  }

  /** After the clock moved: rest is counted anew after every change, so the last sweep found nothing to do. */
  async afterClock(): Promise<SystemProgress> {
    return this.restFor(sweepMs);
  }

  private async restFor(span: number): Promise<SystemProgress> {
    const read = () => this.gateway.progress();
    let last = await waitUntilQuiet(read);
    for (let since = Date.now(); Date.now() - since < span;) {
      await pause(200);
      const now = await waitUntilQuiet(read);
      if (fingerprint(now) !== fingerprint(last)) since = Date.now();
      last = now;
    }
    return last;
  }
}
