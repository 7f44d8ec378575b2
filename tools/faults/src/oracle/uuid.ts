import { createHash } from 'node:crypto';

/** The name space of Garda's command ids: contract, written down here a second time. */
const namespace = Buffer.from('6a0f6b0a3a0e4d5b9d0b2b7e0c8f4d11', 'hex');

/** The id that a command must have: UUIDv5 over the JSON of its parts. */
export function commandIdOf(...parts: string[]): string {
  const bytes = createHash('sha1').update(namespace).update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
