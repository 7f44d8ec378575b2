import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeDurably } from './cluster-copy';
import type { Moment } from './cluster-copy';

/** How far a log was when the copy began: the backup has at least this much. */
export interface LogMark {
  readonly database: string;
  readonly log: string;
  readonly position: string;
}

/** How far a topic was filled when the copy began, and where each partition goes on. */
export interface TopicMark {
  readonly topic: string;
  readonly position: string;
  readonly nextOffsets: readonly string[];
}

/** What a backup is; written last, so that a folder without it is none. */
export interface Manifest {
  readonly format: 1;
  readonly takenAt: string;
  readonly moment: Moment;
  readonly logs: readonly LogMark[];
  readonly topics: readonly TopicMark[];
  /** SHA-256 of every file, by its path below the backup. */
  readonly files: Readonly<Record<string, string>>;
}

const name = 'manifest.json';

export async function sealBackup(folder: string, facts: Omit<Manifest, 'format' | 'files'>): Promise<Manifest> {
  const manifest: Manifest = { format: 1, ...facts, files: await hashesIn(folder) };
  await writeDurably(join(folder, name), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** Reads a backup and compares every file with what was written. Throws in words when one is missing or differs. */
export async function openBackup(folder: string): Promise<Manifest> {
  const file = join(folder, name);
  if (!existsSync(file)) throw new Error(`${folder} is no backup: it has no ${name}, which is written last.`);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  if (manifest.format !== 1) throw new Error(`${file} has a format that this version does not know.`);
  const found = await hashesIn(folder);
  const wrong = Object.keys({ ...manifest.files, ...found }).find((path) => manifest.files[path] !== found[path]);
  if (wrong !== undefined) throw new Error(`The backup is damaged: ${wrong} is not what was written.`);
  return manifest;
}

async function hashesIn(folder: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort()) {
    const below = path.slice(folder.length + 1);
    if (below !== name) hashes[below] = await hashOf(path);
  }
  return hashes;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
