import { parseArgs } from 'node:util';
import { contexts, type Context } from '@garda/contracts';
import { Kafka, logLevel } from 'kafkajs';
import { liveDigests, verdicts, type LiveDigests } from './compare';
import { readConfig, type AnalystConfig } from './config';
import { Replay, type Replayed } from './replay';
import { readTopic } from './topics';

const usage = `Usage: npm run analyst -- replay [--compare] [--json]
  replay      fold the open topics into the state of every case, and print a digest per context
  --compare   ask each service for the digest of its own projection, and say whether they are equal
  --json      one line of JSON`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { compare: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  if (positionals.join(' ') !== 'replay') {
    console.error(usage);
    return 2;
  }
  const config = readConfig(process.env);
  const replayed = await replayAll(config);
  const live = values.compare ? await askServices(config) : undefined;
  const found = live === undefined ? undefined : verdicts(replayed, live);
  if (values.json) console.log(JSON.stringify({ replayed, live, verdicts: found }));
  else for (const context of contexts) console.log(lineOf(context, replayed[context], found?.[context]));
  return found === undefined || Object.values(found).every((verdict) => verdict === 'equal') ? 0 : 1;
}

async function replayAll(config: AnalystConfig): Promise<Record<Context, Replayed>> {
  const { KAFKA_BROKERS: brokers, KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = config;
  const login = username !== undefined && password !== undefined ? { username, password } : undefined;
  const kafka = new Kafka({
    clientId: 'analyst',
    brokers: brokers.split(','),
    ssl: config.KAFKA_SSL === 'true',
    logLevel: logLevel.NOTHING, // what goes wrong is thrown
    ...(login === undefined ? {} : { sasl: { mechanism: 'scram-sha-512' as const, ...login } }),
  });
  const all = {} as Record<Context, Replayed>;
  for (const context of contexts) {
    const replay = new Replay(context);
    await readTopic(kafka, `garda.${context}.v1`, (event) => replay.take(event));
    all[context] = replay.end();
  }
  return all;
}

async function askServices({ GATEWAY_URL: url, GARDA_TOKEN: token }: AnalystConfig): Promise<LiveDigests> {
  if (url === undefined || token === undefined)
    throw new Error('--compare needs GATEWAY_URL, and GARDA_TOKEN of somebody with the right digest.read.');
  return liveDigests(url, token);
}

function lineOf(context: Context, { position, facts, cases, digest }: Replayed, verdict: string | undefined): string {
  const words = `${context.padEnd(10)}  position ${position}, ${facts} facts, ${cases} cases  ${digest}`;
  return verdict === undefined ? words : `${words}  ${verdict}`;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
