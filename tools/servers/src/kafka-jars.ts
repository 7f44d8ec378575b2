import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './child';
import { checkout, kafkaJars, makeFolder } from './folders';

/**
 * Fetches the broker's jars as docker/kafka/pom.xml says, once: a stamp holds the hash of that file. Maven runs with our
 * environment, because its proxy and repository settings may stand there.
 */
export async function fetchKafkaJars(say: (line: string) => void): Promise<string> {
  const pom = join(checkout, 'docker', 'kafka', 'pom.xml');
  const wanted = createHash('sha256').update(readFileSync(pom)).digest('hex');
  const stamp = join(kafkaJars, '.stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return kafkaJars;
  }
  say('Fetching Kafka (once, about 55 MB) ...');
  const draft = `${kafkaJars}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  makeFolder(dirname(kafkaJars));
  const args = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${draft}`];
  await run({ name: 'Maven', command: 'mvn', args, env: process.env, cwd: checkout });
  writeFileSync(join(draft, '.stamp'), wanted);
  rmSync(kafkaJars, { recursive: true, force: true });
  renameSync(draft, kafkaJars);
  return kafkaJars;
}
