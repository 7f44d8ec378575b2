import { anyPort } from '@garda/servers';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Pipe, type Shape } from './pipe';

/** One connection through the proxy. */
export class Link {
  readonly toServer: Pipe;
  readonly toClient: Pipe;

  constructor(
    readonly client: Socket,
    readonly server: Socket,
    shape: () => Shape | undefined,
  ) {
    this.toServer = new Pipe(client, server, shape);
    this.toClient = new Pipe(server, client, shape);
  }

  freeze(): void {
    this.toServer.freeze();
    this.toClient.freeze();
  }

  thaw(): void {
    this.toServer.thaw();
    this.toClient.thaw();
  }

  /** As a cut cable that both ends notice at once. */
  cut(): void {
    this.client.resetAndDestroy();
    this.server.resetAndDestroy();
  }
}

/** What is done with the bytes of a connection; the usual is to pass them on. */
export interface Tap {
  fromClient(chunk: Buffer): void;
  fromServer(chunk: Buffer): void;
}

/** Stands between a service and a server, and can be told to misbehave. Without being told it passes everything on. */
export class TcpProxy {
  readonly links = new Set<Link>();
  /** For every connection, old and new. */
  shape: Shape | undefined;
  private refusing = false;
  private port: number | undefined;
  private readonly listener: Server;

  constructor(
    private readonly target: () => number,
    private readonly tapOf: (link: Link) => Tap,
  ) {
    this.listener = createServer((client) => this.accept(client));
  }

  /** Answers the port it listens on: always the same one. */
  async listen(): Promise<number> {
    const port = (this.port ??= await anyPort());
    if (this.listener.listening) return port;
    return new Promise((resolve, reject) => {
      this.listener.once('error', reject);
      this.listener.listen(port, '127.0.0.1', () => {
        this.listener.off('error', reject);
        resolve(port);
      });
    });
  }

  /** Nobody listens any more: clients are refused, as at a server that is gone. */
  async unlisten(): Promise<void> {
    if (!this.listener.listening) return;
    const closed = new Promise<void>((resolve) => this.listener.close(() => resolve()));
    this.cutAll();
    await closed;
  }

  /** Cuts every connection; answers how many there were. */
  cutAll(): number {
    const count = this.links.size;
    for (const link of this.links) link.cut();
    return count;
  }

  /** New connections are cut at once, as by a firewall that resets. */
  refuse(yes: boolean): void {
    this.refusing = yes;
  }

  close(): Promise<void> {
    return this.unlisten();
  }

  private accept(client: Socket): void {
    if (this.refusing) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(this.target(), '127.0.0.1');
    client.setNoDelay(true);
    server.setNoDelay(true);
    const link = new Link(client, server, () => this.shape);
    this.links.add(link);
    const tap = this.tapOf(link);
    client.on('data', (chunk: Buffer) => tap.fromClient(chunk));
    server.on('data', (chunk: Buffer) => tap.fromServer(chunk));
    this.tieTogether(link);
  }

  /** One end gone, the other goes too; what the proxy still holds goes with them. */
  private tieTogether(link: Link): void {
    const { client, server } = link;
    const gone = (other: Socket) => () => {
      this.links.delete(link);
      other.destroy();
    };
    client.on('close', gone(server));
    server.on('close', gone(client));
    // Both ends hear of an error by the close that follows it.
    client.on('error', () => undefined);
    server.on('error', () => undefined);
  }
}
