import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { Gateway } from '../gateway';
import type { Instance } from '../instance';
import { Tokens } from '../tokens';
import type { Output } from './output';
import { carriedOut, reasonOf } from './work';

const closedShape = z.object({
  topic: z.string(),
  generation: z.number(),
  position: z.string(),
  seqs: z.array(z.string()),
});
const openedShape = z.object({ generation: z.number(), partitions: z.number(), state: z.string() });
const operations = { program: 'operations' } as const;
const lookEveryMs = 500;
const tellEveryMs = 5_000;

/** What leads a topic to another number of partitions; between `close` and `open` an administrator makes it again. */
export class TopicCommands {
  private readonly door: Gateway;

  constructor(
    instance: Instance,
    private readonly out: Output,
  ) {
    this.door = new Gateway(instance, new Tokens(instance));
  }

  /**
   * Nothing more is carried into the topic, and every consumer of every service has applied what is in it. Logs go on.
   * Where that does not come true in time the topic is opened again as it was. Answers the exit code.
   */
  async close(topic: string, withinMs: number): Promise<number> {
    const closed = await this.closed(topic);
    if (closed === undefined) return 1;
    this.out.line(`${topic}: closed at position ${closed.position}. Facts are recorded as ever and wait in the log.`);
    const behind = await this.drained(closed, withinMs);
    if (behind.length === 0) {
      this.out.line(`${topic}: every consumer has applied all of it.`);
      return 0;
    }
    for (const words of behind) this.out.line(words);
    await this.open(topic, undefined);
    this.out.line(`${topic}: not every consumer has applied it in ${withinMs / 1000} s. Nothing was changed.`);
    return 1;
  }

  /** The topic is filled again: as it was, or, with a number of partitions, made again and empty. Answers the exit code. */
  async open(topic: string, partitions: number | undefined): Promise<number> {
    const closed = await this.closed(topic);
    if (closed === undefined) return 1;
    const what = { service: serviceOf(topic), ...closed, ...(partitions === undefined ? {} : { partitions }) };
    const reply = await this.door.post(operations, '/operations/topic/open', what, undefined);
    const opened = openedShape.parse(reply.json);
    const how = opened.generation === closed.generation ? 'goes on as it was' : 'is filled from the first fact on';
    this.out.line(`${topic}: ${how}, generation ${opened.generation}, ${opened.partitions} partitions.`);
    return opened.state === 'running' ? 0 : 1;
  }

  private async closed(topic: string): Promise<z.infer<typeof closedShape> | undefined> {
    const of = { service: serviceOf(topic), path: 'topic/close', what: { topic } };
    const work = await carriedOut(this.door, of, this.out);
    if (work.state === 'done') return closedShape.parse(work.result);
    this.out.line(`${topic}: not closed: ${reasonOf(work)}`);
    return undefined;
  }

  /** What is still to be done when the time is over. */
  private async drained(closed: z.infer<typeof closedShape>, withinMs: number): Promise<readonly string[]> {
    const until = Date.now() + withinMs;
    for (let told = Date.now(); ;) {
      const reply = await this.door.post(operations, '/operations/topic/behind', closed, undefined);
      const { behind } = z.object({ behind: z.array(z.string()) }).parse(reply.json);
      if (behind.length === 0 || Date.now() > until) return behind;
      if (Date.now() - told > tellEveryMs) {
        told = Date.now();
        this.out.line(`Waiting for ${behind.length}: ${behind[0] ?? ''}`);
      }
      await pause(lookEveryMs);
    }
  }
}

/** `garda.<service>.…`: who fills it. */
const serviceOf = (topic: string): string => topic.split('.')[1] ?? topic;
