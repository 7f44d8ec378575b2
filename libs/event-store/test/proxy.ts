import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between a client and the server and can lose the server's answers, as a dying network does. */
export class LossyProxy {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  /** When set, the next answer that holds this text is swallowed with its connection. */
  loseAnswerWith: string | undefined;
  lost = 0;

  async start(target: string): Promise<string> {
    const url = new URL(target);
    const [port, host] = [Number(url.port), url.hostname];
    this.server = createServer((client) => this.serve(client, connect(port, host)));
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  private serve(client: Socket, server: Socket): void {
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', (data) => server.write(data));
    server.on('data', (data) => {
      if (this.loseAnswerWith !== undefined && data.includes(this.loseAnswerWith)) {
        this.loseAnswerWith = undefined;
        this.lost += 1;
        client.destroy();
      } else client.write(data);
    });
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server?.close(resolve));
  }
}
