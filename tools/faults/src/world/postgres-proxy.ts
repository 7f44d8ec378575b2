import { TcpProxy, type Link, type Tap } from './tcp-proxy';

/** `hold`: this and all that follows on the connection waits for a thaw. `eat-answer`: passed on, and the connection cut instead of the answer. */
export type PostgresVerdict = 'pass' | 'hold' | 'eat-answer';

/** Looks at what a service asks of its database: the text of a statement, or its name where it was prepared before. */
export type PostgresRule = (asked: Buffer, link: Link) => PostgresVerdict;

export class PostgresProxy extends TcpProxy {
  rule: PostgresRule | undefined;

  constructor(target: () => number) {
    super(target, (link) => this.tap(link));
  }

  private tap(link: Link): Tap {
    let eatNext = false;
    return {
      fromClient: (chunk) => {
        const verdict = this.rule?.(chunk, link) ?? 'pass';
        if (verdict === 'hold') link.freeze();
        eatNext ||= verdict === 'eat-answer';
        link.toServer.push(chunk);
      },
      fromServer: (chunk) => {
        if (eatNext) link.cut();
        else link.toClient.push(chunk);
      },
    };
  }
}
