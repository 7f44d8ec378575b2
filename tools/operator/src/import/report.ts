import Table from 'cli-table3';
import pc from 'picocolors';
import type { ImportResult } from './compare';

/** Every case, and below them what differs, what could not be expressed, and what records hold beyond a case. */
export function importReport(result: ImportResult): string {
  const table = new Table({
    head: ['Request', 'Service', 'Case', 'Updates', 'The same'],
    style: { head: [], border: [] },
  });
  for (const { id, service, number, updates, mismatches } of result.cases)
    table.push([id, service, number ?? '-', updates, mismatches.length === 0 ? pc.green('yes') : pc.red('no')]);
  const wrong = result.cases.flatMap(({ id, mismatches }) =>
    mismatches.map(({ field, record, shown }) => `${id} ${field}\n  record: ${record}\n  shown:  ${shown}`),
  );
  const left = Object.entries(result.leftOut).map(([name, count]) => `${name} (${count})`);
  const { requests, notes, events, unexpressed, mismatches, seconds } = result;
  const sum = `${requests} requests, ${notes} notes, ${events} facts, ${unexpressed} not expressed, ${mismatches} mismatches, ${seconds} s`;
  return [
    table.toString(),
    ...wrong,
    ...result.notExpressed.map(({ record, what }) => `${record} not expressed: ${what}`),
    ...(left.length === 0 ? [] : [`Not part of a case here, not compared: ${left.join(', ')}`]),
    mismatches === 0 ? pc.green(sum) : pc.red(sum),
  ].join('\n');
}
