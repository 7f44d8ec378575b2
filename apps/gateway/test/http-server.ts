import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** A real HTTP server on a free port that answers JSON. */
export async function serveJson(answer: (request: Received) => Promise<Answer> | Answer) {
  const server = createServer((request, response) => void respond(request, response, answer));
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
    start: () => listen(server, port),
  };
}

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: Received) => Promise<Answer> | Answer,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const body = text === '' ? undefined : (JSON.parse(text) as unknown);
  const { method = '', url = '', headers } = request;
  const said = await answer({ method, path: url, headers, body });
  response.writeHead(said.status ?? 200, { 'content-type': 'application/json', ...said.headers });
  response.end(JSON.stringify(said.body ?? {}));
}
