import { TcpProxy, type Link, type Tap } from './tcp-proxy';

/** A request of Kafka's protocol as far as a fault needs to know it. */
export interface KafkaRequest {
  readonly api: number;
  readonly clientId: string;
  readonly bytes: number;
}

/** `drop`: as lost on the way; `hold`: kept until the link thaws; `cut`: connection cut before it; `half`: cut within it. */
export type KafkaVerdict = 'pass' | 'drop' | 'hold' | 'cut' | 'half';

export interface KafkaRule {
  request?(seen: KafkaRequest, link: Link): KafkaVerdict;
  /** The answer to this request. */
  response?(to: KafkaRequest, link: Link): KafkaVerdict;
}

export const produceApi = 0;

/** Knows where Kafka's requests and answers begin and end, so that a rule can treat one of them differently. */
export class KafkaProxy extends TcpProxy {
  rule: KafkaRule | undefined;

  constructor(target: () => number) {
    super(target, (link) => this.tap(link));
  }

  private tap(link: Link): Tap {
    const asked = new Map<number, KafkaRequest>();
    const requests = new Frames((frame) => {
      const seen = requestOf(frame);
      asked.set(frame.readInt32BE(8), seen);
      this.carryOut(this.rule?.request?.(seen, link) ?? 'pass', frame, link, 'toServer');
    });
    const answers = new Frames((frame) => {
      const id = frame.readInt32BE(4);
      const to = asked.get(id);
      asked.delete(id);
      const verdict = to === undefined ? 'pass' : (this.rule?.response?.(to, link) ?? 'pass');
      this.carryOut(verdict, frame, link, 'toClient');
    });
    return { fromClient: (chunk) => requests.push(chunk), fromServer: (chunk) => answers.push(chunk) };
  }

  private carryOut(verdict: KafkaVerdict, frame: Buffer, link: Link, way: 'toServer' | 'toClient'): void {
    switch (verdict) {
      case 'pass':
        link[way].push(frame);
        return;
      case 'hold':
        link[way].freeze();
        link[way].push(frame);
        return;
      case 'half':
        link[way].push(frame.subarray(0, Math.floor(frame.length / 2)));
        setTimeout(() => link.cut(), 5);
        return;
      case 'cut':
        link.cut();
        return;
      case 'drop':
        return;
    }
  }
}

/** Size, api key, api version, correlation id, then the client's name: the same head in every version. */
function requestOf(frame: Buffer): KafkaRequest {
  const length = frame.readInt16BE(12);
  const clientId = length <= 0 ? '' : frame.toString('utf8', 14, 14 + length);
  return { api: frame.readInt16BE(4), clientId, bytes: frame.length };
}

/** Cuts a stream into messages that begin with their length, in four bytes. */
class Frames {
  private parts: Buffer[] = [];
  private size = 0;

  constructor(private readonly onFrame: (frame: Buffer) => void) {}

  push(chunk: Buffer): void {
    this.parts.push(chunk);
    this.size += chunk.length;
    for (let length = this.nextLength(); length !== undefined && this.size >= length; length = this.nextLength()) {
      const all = this.joined();
      this.parts = all.length === length ? [] : [all.subarray(length)];
      this.size -= length;
      this.onFrame(all.subarray(0, length));
    }
  }

  private nextLength(): number | undefined {
    if (this.size < 4) return undefined;
    const first = this.parts[0] as Buffer;
    return 4 + (first.length >= 4 ? first : this.joined()).readInt32BE(0);
  }

  private joined(): Buffer {
    if (this.parts.length > 1) this.parts = [Buffer.concat(this.parts)];
    return this.parts[0] as Buffer;
  }
}
