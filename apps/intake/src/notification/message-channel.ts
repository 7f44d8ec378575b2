import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface Message {
  /** The same for every attempt at the same news: whoever has seen it need not send it again. */
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

/** `refused`: this message will never be taken; trying again changes nothing. */
export type Sent = 'sent' | 'refused';

/** A way to a person: the port behind which a short-message gateway or a mail server stands. */
export abstract class MessageChannel {
  abstract readonly name: 'file' | 'http';
  /**
   * `sent` when the message is handed over for good. Rejects when it is not now: it is tried again later, sooner than
   * usual where a `NotNow` says so. `signal` ends the attempt.
   */
  abstract send(message: Message, signal: AbortSignal): Promise<Sent>;
}

/** The channel does not take the message now; later it may. Says nothing of the message or of where it goes. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
  constructor(
    readonly reason: string,
    readonly retryAfterMs?: number,
  ) {
    super(reason);
  }
}

/**
 * Leaves every message as one JSON line in a spool file, from which the regency's own gateway takes it.
 * Readable by the service alone: the lines hold addresses.
 */
export class FileChannel extends MessageChannel {
  readonly name = 'file';

  constructor(private readonly folder: string) {
    super();
  }

  async send({ to, text }: Message): Promise<Sent> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await appendFile(join(this.folder, 'messages.jsonl'), `${JSON.stringify({ to, text })}\n`, {
      mode: 0o600,
      flush: true,
    });
    return 'sent';
  }
}
