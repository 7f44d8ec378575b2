import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Never reuses a connection that the other side may be closing for longer than this. */
const agent = new Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: 400 });

/** One POST. Rejects with the socket's error, or with TIMEOUT: then nobody knows what became of it. */
export function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: object,
  timeoutMs: number,
): Promise<Answer> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        agent,
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(parts).toString() }),
        );
      },
    );
    asked.setTimeout(timeoutMs, () => asked.destroy(Object.assign(new Error('no answer'), { code: 'TIMEOUT' })));
    asked.on('error', reject);
    asked.end(text);
  });
}

export function closeConnections(): void {
  agent.destroy();
}
