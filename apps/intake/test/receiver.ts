import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Taken {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export type Answer = 'never' | { readonly status: number; readonly headers?: Record<string, string> };

export interface Receiver {
  readonly url: string;
  /** What came since the test began. */
  taken(): readonly Taken[];
  answer(answer: Answer): void;
}

/** A message gateway of the regency, on this machine: it keeps what it gets and answers as it is told to. */
export function withReceiver(): () => Receiver {
  let [answer, taken]: [Answer, Taken[]] = [{ status: 200 }, []];
  let server: Server | undefined;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        taken.push({ headers: plain(request.headers), body: Buffer.concat(chunks).toString('utf8') });
        if (answer !== 'never') response.writeHead(answer.status, answer.headers).end('ignored');
      });
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => void ([answer, taken] = [{ status: 200 }, []]));
  afterAll(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  });
  return () => {
    if (server === undefined) throw new Error('the receiver runs only while tests run');
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}/messages`,
      taken: () => taken,
      answer: (next) => void (answer = next),
    };
  };
}

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
