import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** How a network is worse than it should be; nothing: as it is. */
export interface Shape {
  /** Before each piece. */
  readonly delayMs?: number;
  readonly bytesPerSecond?: number;
}

/** One direction of a connection: bytes go through in order, at once or as the shape says, or wait while it is frozen. */
export class Pipe {
  private readonly waiting: Buffer[] = [];
  private pumping = false;
  private frozen = false;
  bytes = 0;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly shape: () => Shape | undefined,
  ) {}

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.waiting.push(chunk);
    void this.pump();
  }

  freeze(): void {
    this.frozen = true;
  }

  thaw(): void {
    this.frozen = false;
    void this.pump();
  }

  /** Bytes that have come in and not gone out. */
  get held(): number {
    return this.waiting.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  private async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    try {
      for (let chunk = this.next(); chunk !== undefined; chunk = this.next()) {
        const { delayMs = 0, bytesPerSecond } = this.shape() ?? {};
        const ms = delayMs + (bytesPerSecond === undefined ? 0 : (chunk.length / bytesPerSecond) * 1000);
        if (ms > 0) await pause(ms);
        this.write(chunk);
      }
    } finally {
      this.pumping = false;
    }
  }

  private next(): Buffer | undefined {
    return this.frozen ? undefined : this.waiting.shift();
  }

  private write(chunk: Buffer): void {
    if (this.to.destroyed) return;
    this.bytes += chunk.length;
    if (this.to.write(chunk)) return;
    this.from.pause();
    this.to.once('drain', () => this.from.resume());
  }
}
