import { createHmac } from 'node:crypto';

const HALF = 20n;
const MASK = (1n << HALF) - 1n;
const ROUNDS = 10;
export const NUMBERS = 1n << (2n * HALF);

/**
 * A keyed permutation of the integers of 40 bits: a balanced Feistel network, whose halves fill the range exactly,
 * so that no walking is needed. Without the key neither order nor count of the numbers handed out can be read from them.
 */
export function permute(key: Buffer, value: bigint): bigint {
  let [left, right] = halves(value);
  for (let round = 0; round < ROUNDS; round += 1) [left, right] = [right, left ^ mix(key, round, right)];
  return (left << HALF) | right;
}

/** The inverse of {@link permute}. */
export function unpermute(key: Buffer, value: bigint): bigint {
  let [left, right] = halves(value);
  for (let round = ROUNDS - 1; round >= 0; round -= 1) [left, right] = [right ^ mix(key, round, left), left];
  return (left << HALF) | right;
}

function halves(value: bigint): [bigint, bigint] {
  if (value < 0n || value >= NUMBERS) throw new RangeError(`${value} is outside the range of public numbers`);
  return [value >> HALF, value & MASK];
}

function mix(key: Buffer, round: number, half: bigint): bigint {
  const input = Buffer.alloc(5);
  input.writeUInt8(round, 0);
  input.writeUInt32BE(Number(half), 1);
  return BigInt(createHmac('sha256', key).update(input).digest().readUInt32BE(0)) & MASK;
}
