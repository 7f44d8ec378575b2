import Table from 'cli-table3';
import type { Mutated } from './run';

/** Mutation × fault × seed × the rules that noticed. */
export function mutationTable(done: readonly Mutated[]): string {
  const table = new Table({
    head: ['mutation', 'caught by', 'seed', 'rules violated', 'unbroken'],
    style: { head: [], border: [], compact: true },
  });
  for (const { mutation, fault, seed, violations, unbroken } of done)
    table.push([
      mutation,
      seed === undefined ? 'SURVIVED' : fault,
      seed ?? '',
      violations.map(({ rule }) => rule).join('; '),
      seed === undefined ? '' : unbroken.length === 0 ? 'passes' : `FAILS: ${unbroken.join('; ')}`,
    ]);
  return table.toString();
}

/** Caught by a fault that the unbroken product passes. */
export const isCaught = ({ seed, unbroken }: Mutated): boolean => seed !== undefined && unbroken.length === 0;
