import { v5, v7 } from 'uuid';

/** Fixed for ever: command ids of the past are found again through it. */
const namespace = '6a0f6b0a-3a0e-4d5b-9d0b-2b7e0c8f4d11';

/** The same parts give the same id, in every process and for ever. No two lists of parts run into each other. */
export function commandId(...parts: string[]): string {
  return v5(JSON.stringify(parts), namespace);
}

/** UUIDv7: grows with time, so the unique index grows at its right edge. */
export function newEventId(): string {
  return v7();
}

/**
 * A stable, non-negative 32-bit hash of a key: FNV-1a over its UTF-8 bytes, upper half folded into the lower one, sign
 * cleared. Stored with the event at append; the partition is `keyHash % partitions`.
 */
export function keyHash(key: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash ^ (hash >>> 16)) & 0x7fffffff;
}
