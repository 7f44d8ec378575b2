import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './child';
import { checkout, kafkaJars, makeFolder } from './folders';

/** Fetches the broker's jars as docker/kafka/pom.xml says, once: a stamp holds the hash of that file. */
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
  const jgo = process.env['GARDA_JGO'];
  await (jgo === undefined ? byMaven(pom, draft) : byPython(jgo, pom, draft));
  writeFileSync(join(draft, '.stamp'), wanted);
  rmSync(kafkaJars, { recursive: true, force: true });
  renameSync(draft, kafkaJars);
  return kafkaJars;
}

/** With our environment, because proxy and repository settings may stand there. */
async function byMaven(pom: string, draft: string): Promise<void> {
  const args = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${draft}`];
  await run({ name: 'Maven', command: 'mvn', args, env: process.env, cwd: checkout });
}

/** The same jars where there is no Maven: jgo (PyPI) resolves the coordinates by itself. */
async function byPython(jgo: string, pom: string, draft: string): Promise<void> {
  const work = `${draft}.jgo`;
  rmSync(work, { recursive: true, force: true });
  makeFolder(work);
  const usual = ['--ignore-config', '--resolver', 'python', '--class-path-only', '--links', 'copy'];
  const args = [...usual, '--timeout', '60', '--repo-cache', join(work, 'repository')];
  const env = { ...process.env, COLOR: 'never' }; // npm sets it to 0, which jgo refuses
  const coordinates = coordinatesOf(readFileSync(pom, 'utf8')).join('+');
  await run({ name: 'jgo', command: jgo, args: [...args, 'init', coordinates], env, cwd: work });
  await run({ name: 'jgo', command: jgo, args: [...args, 'sync'], env, cwd: work });
  makeFolder(draft);
  for (const entry of readdirSync(join(work, '.jgo'), { recursive: true, withFileTypes: true }))
    if (entry.isFile() && entry.name.endsWith('.jar'))
      renameSync(join(entry.parentPath, entry.name), join(draft, entry.name));
  rmSync(work, { recursive: true, force: true });
}

/** `group:artifact:version` of each dependency of our pom.xml, its properties put in. */
export function coordinatesOf(pom: string): string[] {
  const properties = new Map([...pom.matchAll(/<([\w.]+\.version)>([^<]+)</g)].map(([, name, value]) => [name, value]));
  const dependency =
    /<dependency>\s*<groupId>([^<]+)<\/groupId>\s*<artifactId>([^<]+)<\/artifactId>\s*<version>([^<]+)<\/version>/g;
  return [...pom.matchAll(dependency)].map(([, group, artifact, version = '']) => {
    const named = /^\$\{(.+)\}$/.exec(version)?.[1];
    return `${group}:${artifact}:${named === undefined ? version : (properties.get(named) ?? '')}`;
  });
}
