import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { startService } from './run-service';
import { sampleEnv, sampleKeys, sampleService } from './testing/sample-service';

interface Got {
  readonly status: number | undefined;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** On one connection that stays open, as a browser or a gateway keeps it. */
function post(url: string, agent: Agent, body: object): Promise<Got> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const asked = request(url, { method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.on('data', (part: Buffer) => (text += part.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode, retryAfter: answer.headers['retry-after'], text }));
    });
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}

describe('a process that stops', () => {
  const start = async () => startService(sampleService((await sampleKeys()).publicJwk), sampleEnv);

  it('answers what it accepted, however long it takes, and cuts off who has not sent a whole request', async () => {
    const service = await start();
    const agent = new Agent();
    const slow = post(`${service.url}/slow`, agent, { ms: 4_500 });
    const dawdler = connect(Number(new URL(service.url).port), '127.0.0.1');
    await once(dawdler, 'connect');
    dawdler.on('error', () => undefined); // to be cut is what it is here for
    dawdler.write('POST /slow HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{');
    const cut = once(dawdler, 'close');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const closed = service.close();
    await cut;
    expect(await slow).toMatchObject({ status: 200, text: '{"done":true}' });
    await closed;
  });

  it('sends away what comes meanwhile, and says when to come back', async () => {
    const service = await start();
    const [agent, other] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true, maxSockets: 1 })];
    const slow = post(`${service.url}/slow`, agent, { ms: 700 });
    // The second waits for the connection of the first, which is busy while the process begins to stop.
    const [first, second] = [
      post(`${service.url}/slow`, other, { ms: 400 }),
      post(`${service.url}/slow`, other, { ms: 1 }),
    ];
    await new Promise((resolve) => setTimeout(resolve, 150));
    const closed = service.close();
    expect((await first).status).toBe(200);
    const late = await second.catch((error: NodeJS.ErrnoException) => error.code);
    // Sent away by an answer, or not let in any more.
    if (typeof late === 'object') expect(late).toMatchObject({ status: 503, retryAfter: '1' });
    else expect(late).toMatch(/ECONNREFUSED|ECONNRESET/);
    expect((await slow).status).toBe(200);
    await closed;
    agent.destroy();
    other.destroy();
  });
});
