import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A way to a person: the port behind which a short-message gateway or a mail server stands. */
export abstract class MessageChannel {
  /** Resolves when the message is handed over for good; rejects when it is not. */
  abstract send(message: { readonly to: string; readonly text: string }): Promise<void>;
}

/**
 * Leaves every message as one JSON line in a spool file, from which the regency's own gateway takes it.
 * Readable by the service alone: the lines hold addresses.
 */
export class FileChannel extends MessageChannel {
  constructor(private readonly folder: string) {
    super();
  }

  async send({ to, text }: { to: string; text: string }): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await appendFile(join(this.folder, 'messages.jsonl'), `${JSON.stringify({ to, text })}\n`, {
      mode: 0o600,
      flush: true,
    });
  }
}
