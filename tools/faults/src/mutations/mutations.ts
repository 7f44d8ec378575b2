/** One deliberate break of the product, in the files that were built, and the fault that must notice. */
export interface Mutation {
  readonly name: string;
  /** What is broken, in words. */
  readonly breaks: string;
  readonly caughtBy: string;
  /** File, what stands there exactly once, what stands there instead. */
  readonly edits: readonly (readonly [file: string, from: string, to: string])[];
}

const relay = 'libs/messaging/dist/relay.js';
const producer = 'libs/messaging/dist/careful-producer.js';
const lane = 'libs/messaging/dist/lane.js';
const fresh = 'libs/messaging/dist/fresh.js';
const append = 'libs/event-store/dist/schema/append-sql.js';
const appendOne = 'libs/event-store/dist/schema/append-one-sql.js';
const encoded = 'rows.map((row) => (0, record_1.encodeRecord)(row, { ...row, context }))';
const lock = "perform pg_advisory_xact_lock('${schema}.events'::regclass::oid::bigint);";
const dropRepeats = `if (number <= last)
            continue;`;
const stopAtHole = `if (!(0, contracts_1.comesNext)(number, last))
            return { fresh, hole: true };`;

export const mutations: readonly Mutation[] = [
  {
    name: 'checkpoint-before-send',
    breaks: 'checkpoint before send',
    caughtBy: 'cut-in-send',
    edits: [
      [
        relay,
        `const offsets = await this.producer.send(${encoded});`,
        `await this.store.advance(from, checkpointAfter(from, rows, new Map()), 'replayable');\n        await this.producer.send(${encoded});`,
      ],
      [relay, 'const to = checkpointAfter(from, rows, offsets);', ''],
      [
        relay,
        "this.checkpoint = (await this.store.advance(from, to, 'replayable')) ? to : undefined;",
        'this.checkpoint = undefined;',
      ],
    ],
  },
  {
    name: 'overlapping-sends',
    breaks: 'a second send that does not wait for the outcome of the first',
    caughtBy: 'cut-in-send',
    edits: [
      [
        relay,
        `const offsets = await this.producer.send(${encoded});`,
        `const records = ${encoded};
        const half = Math.ceil(records.length / 2);
        this.other ??= new careful_producer_1.CarefulProducer(this.options.kafka, this.options.topic);
        for (const one of [this.producer, this.other]) one.producer ??= await one.connect();
        const earlier = this.producer.send(records.slice(0, half));
        await Promise.race([earlier.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 5))]);
        const both = await Promise.allSettled([earlier, records.length < 2 ? new Map() : this.other.send(records.slice(half))]);
        for (const one of both) if (one.status === 'rejected') throw one.reason;
        const offsets = new Map([...both[1].value, ...both[0].value]);`,
      ],
    ],
  },
  {
    name: 'send-believed',
    breaks: "the client's own retries, and its word that all is written",
    caughtBy: 'leader-lost-in-send',
    edits: [
      [producer, 'retry: { retries: 0 },', 'retry: { retries: 20, initialRetryTime: 100, maxRetryTime: 1000 },'],
      [producer, 'return confirmed(messages, answer);', 'return new Map();'],
    ],
  },
  {
    name: 'cursor-outside-transaction',
    breaks: 'cursor outside the transaction',
    caughtBy: 'kill-gateway-in-batch',
    edits: [
      [
        'libs/messaging/dist/topic-applier.js',
        `const next = await (0, cursor_1.moveCursor)(client, place, cursor, (0, fresh_1.endOf)(last));
            if (next`,
        `const next = await (0, cursor_1.moveCursor)(client, place, cursor, (0, fresh_1.endOf)(last));
            await client.query('commit; begin');
            if (next`,
      ],
    ],
  },
  {
    name: 'no-compare-and-set',
    breaks: 'no compare-and-set',
    caughtBy: 'zombie-consumer',
    edits: [
      ['libs/event-store/dist/schema/react-sql.js', ' and c.revision = p_revision;', ';'],
      ['libs/messaging/dist/cursor.js', "and revision = $4'", "and $4::bigint is not null'"],
    ],
  },
  { name: 'no-gap-check', breaks: 'gap check removed', caughtBy: 'hole-in-topic', edits: [[fresh, stopAtHole, '']] },
  {
    name: 'no-command-idempotency',
    breaks: 'command idempotency removed',
    caughtBy: 'commit-answer-lost',
    edits: [
      ['libs/event-store/dist/event-log.js', 'if (head.command_id === null)', 'if (true)'],
      [append, '(select c from commands c where c.command_id = q.command)', 'null::commands'],
      [append, 'where q.base is not null;', 'where q.base is not null on conflict do nothing;'],
      [appendOne, 'if found then', 'if false then'],
      [appendOne, 'result, clock);', 'result, clock) on conflict do nothing;'],
    ],
  },
  {
    name: 'no-append-lock',
    breaks: 'append lock removed',
    caughtBy: 'two-relays',
    edits: [
      [append, lock, ''],
      [appendOne, lock, ''],
    ],
  },
  {
    name: 'parked-stream-not-held',
    breaks: 'parked stream not held back',
    caughtBy: 'poison-in-projection',
    edits: [[lane, 'if (first !== undefined && work.held.has(first.key))', 'if (false)']],
  },
  {
    name: 'offsets-trusted',
    breaks: 'offsets trusted instead of the cursor',
    caughtBy: 'foreign-records',
    edits: [
      ['libs/messaging/dist/member.js', 'consumer.seek({ topic, partition, offset: String(offset) });', ''],
      [fresh, dropRepeats, ''],
      [fresh, stopAtHole, ''],
    ],
  },
  {
    name: 'outage-answered-as-bug',
    breaks: 'a database that is away is answered as a bug',
    caughtBy: 'postgres-gone',
    edits: [['libs/service/dist/problem.js', 'if ((0, event_store_1.isTransient)(error))', 'if (false)']],
  },
  {
    name: 'repeat-judged-anew',
    breaks: 'a repeat is judged by its own effect',
    caughtBy: 'kill-gateway-in-batch',
    edits: [
      ['apps/gateway/dist/commands/forward.js', 'return this.repeated(command, found, refusal);', 'throw refusal;'],
    ],
  },
  {
    name: 'sigterm-ends-at-once',
    breaks: 'SIGTERM ends at once',
    caughtBy: 'sigterm-intake',
    edits: [
      [
        'libs/service/dist/run-service.js',
        'await service.close().finally(() => clearTimeout(late));',
        'process.exit(0);',
      ],
    ],
  },
  {
    name: 'full-queue-drops',
    breaks: 'a full queue drops what waits longest',
    caughtBy: 'queue-full',
    edits: [
      [
        'libs/event-store/dist/batcher.js',
        'throw new errors_1.OverloadedError(`${this.limits.queueLimit} appends are waiting`);',
        "this.queue.shift().resolve({ status: 'appended', version: 1, position: 1n, result: {} });",
      ],
    ],
  },
];
