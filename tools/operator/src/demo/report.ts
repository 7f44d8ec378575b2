import Table from 'cli-table3';
import pc from 'picocolors';
import type { DemoResult } from './run';
import { sceneReport } from '../stories/report';
import { expectations } from './table';

/** Every case with what was expected and what was seen; where they differ, both. */
export function demoReport({ cases, scenes, events, mismatches, seconds }: DemoResult): string {
  const table = new Table({
    head: ['Number', 'Case', 'Due', 'State, unit', 'As expected'],
    style: { head: [], border: [] },
    colWidths: [11, 48, 18, 30, 13],
    wordWrap: true,
  });
  for (const { name, number, seen, differences } of cases)
    table.push([
      number,
      expectations[name].title,
      seen.dueAfterStop === undefined ? seen.due : `${seen.due}, after the stop ${seen.dueAfterStop}`,
      `${seen.status}, ${seen.unit}`,
      differences.length === 0 ? pc.green('yes') : pc.red('no'),
    ]);
  const wrong = cases.flatMap(({ name, differences }) =>
    differences.map(({ field, expected, seen }) => `${name}.${field}\n  expected: ${expected}\n  seen:     ${seen}`),
  );
  const sum = `${scenes.length} scenes, ${cases.length} cases, ${events} facts, ${mismatches} mismatches, ${seconds} s`;
  return [...scenes.map(sceneReport), table.toString(), ...wrong, mismatches === 0 ? pc.green(sum) : pc.red(sum)].join(
    '\n',
  );
}
