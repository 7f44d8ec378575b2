import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { KafkaProxy, produceApi, type KafkaRequest } from './kafka-proxy';

/** A request as Kafka's clients frame it, with a body of so many bytes. */
function request(api: number, correlation: number, clientId: string, body: number): Buffer {
  const head = Buffer.alloc(14);
  head.writeInt16BE(api, 4);
  head.writeInt32BE(correlation, 8);
  head.writeInt16BE(clientId.length, 12);
  const frame = Buffer.concat([head, Buffer.from(clientId), Buffer.alloc(body, 7)]);
  frame.writeInt32BE(frame.length - 4, 0);
  return frame;
}

function answer(correlation: number, body: number): Buffer {
  const frame = Buffer.alloc(8 + body);
  frame.writeInt32BE(frame.length - 4, 0);
  frame.writeInt32BE(correlation, 4);
  return frame;
}

describe('the proxy before a broker', () => {
  let server: Server;
  let received: Buffer;
  let peer: Socket | undefined;
  let proxy: KafkaProxy;
  let port: number;
  beforeEach(async () => {
    received = Buffer.alloc(0);
    server = createServer((socket) => {
      peer = socket;
      socket.on('error', () => undefined); // the proxy cuts it: that is what is tried
      socket.on('data', (chunk: Buffer) => (received = Buffer.concat([received, chunk])));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = new KafkaProxy(() => (server.address() as AddressInfo).port);
    port = await proxy.listen();
  });
  afterEach(async () => {
    await proxy.close();
    peer?.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const dial = async () => {
    const client = connect(port, '127.0.0.1');
    client.on('error', () => undefined);
    await once(client, 'connect');
    return client;
  };
  const soon = async (look: () => boolean) => {
    for (let tries = 0; !look() && tries < 500; tries++) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(look()).toBe(true);
  };

  it('passes everything on, byte for byte, however it is cut, and knows what each request is', async () => {
    const seen: KafkaRequest[] = [];
    proxy.rule = { request: (one) => (seen.push(one), 'pass') };
    const all = Buffer.concat([request(produceApi, 1, 'intake', 5_000), request(1, 2, 'gateway', 3)]);
    const client = await dial();
    for (let at = 0; at < all.length; at += 999) client.write(all.subarray(at, at + 999));
    await soon(() => received.length === all.length);
    expect(received.equals(all)).toBe(true);
    expect(seen.map(({ api, clientId }) => [api, clientId])).toEqual([
      [produceApi, 'intake'],
      [1, 'gateway'],
    ]);
    client.destroy();
  });

  it('eats the answer to one kind of request and cuts the connection', async () => {
    proxy.rule = { response: ({ api }) => (api === produceApi ? 'cut' : 'pass') };
    const client = await dial();
    const got: Buffer[] = [];
    client.on('data', (chunk: Buffer) => got.push(chunk));
    client.write(request(1, 1, 'intake', 3));
    await soon(() => received.length > 0);
    peer?.write(answer(1, 10));
    await soon(() => Buffer.concat(got).length === 18);
    client.write(request(produceApi, 2, 'intake', 3));
    const length = received.length;
    await soon(() => received.length > length);
    const closed = new Promise((resolve) => client.once('close', resolve)); // by a reset, which is an error too
    peer?.write(answer(2, 10));
    await closed;
    expect(Buffer.concat(got)).toHaveLength(18);
  });

  it('cuts a request in the middle', async () => {
    proxy.rule = { request: () => 'half' };
    const client = await dial();
    const closed = new Promise((resolve) => client.once('close', resolve)); // by a reset, which is an error too
    const frame = request(produceApi, 1, 'intake', 1_000);
    client.write(frame);
    await closed;
    expect(received.length).toBeLessThanOrEqual(frame.length / 2);
  });

  it('holds a request back until it is told to let go', async () => {
    proxy.rule = { request: () => 'hold' };
    const client = await dial();
    const frame = request(produceApi, 1, 'intake', 10);
    client.write(frame);
    await soon(() => [...proxy.links].some((link) => link.toServer.held === frame.length));
    expect(received).toHaveLength(0);
    for (const link of proxy.links) link.thaw();
    await soon(() => received.length === frame.length);
    client.destroy();
  });

  it('refuses who dials while the broker is gone, cuts who was there, and is found at the same port again', async () => {
    const client = await dial();
    const closed = new Promise((resolve) => client.once('close', resolve)); // by a reset, which is an error too
    await proxy.unlisten();
    await closed;
    const [error] = (await once(connect(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
    expect(await proxy.listen()).toBe(port);
    (await dial()).destroy();
  });
});
