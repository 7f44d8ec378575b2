/**
 * Numbers of records (`seq`). A topic that is made again with another number of partitions is another generation, whose
 * numbers begin above all of the one before: what is left of that one is then a repeat, wherever it turns up.
 */
const apart = 1_000_000_000_000n;

/** The number before the first of a generation; generations count from 1. */
export function numberBefore(generation: number): bigint {
  return BigInt(generation - 1) * apart;
}

/** Whether a record may come after the one numbered `last`: nothing lies between them. 0: nothing was read before. */
export function comesNext(seq: bigint, last: bigint): boolean {
  return seq === last + 1n || (last === 0n && seq % apart === 1n);
}

/** Whether records of its generation have this number or one before it. */
export function isUsed(seq: bigint): boolean {
  return seq % apart !== 0n;
}
