import { CatalogueInvalidError, describeProblem, loadCatalogue, type LoadedCatalogue } from '@garda/catalogue';
import { Gateway, type Difference } from '../gateway';
import type { Instance } from '../instance';
import { Tokens } from '../tokens';
import type { Output } from './output';

/** Reads and checks a folder; every mistake is a line, and the exit code says whether there was one. */
export function checkCatalogue(folder: string, out: Output): number {
  const loaded = load(folder, out);
  if (loaded === undefined) return 1;
  const { units, standards, calendars } = loaded.bundle;
  const published = standards.filter((standard) => standard.status === 'published').length;
  out.line(
    `${folder}: ${units.length} units, ${standards.length} standards (${published} published), ${calendars.length} calendar(s): all holds together.`,
  );
  return 0;
}

/** Publishes a folder: as program `setup` while intake's log is empty, later as the person who may. */
export async function publishCatalogue(
  folder: string,
  opts: { readonly instance: Instance; readonly person?: string | undefined },
  out: Output,
): Promise<number> {
  const loaded = load(folder, out);
  if (loaded === undefined) return 1;
  const gateway = new Gateway(opts.instance, new Tokens(opts.instance));
  const who = opts.person === undefined ? ({ program: 'setup' } as const) : { person: opts.person };
  const { published, unchanged } = await gateway.publish(who, loaded.bundle);
  out.line(`Published ${folder}: ${published} new or changed, ${unchanged} as they were.`);
  return 0;
}

/** What publishing a folder would change against what is published. Differences are no mistake; what would be refused exits with 1. */
export async function compareCatalogue(
  folder: string,
  opts: { readonly instance: Instance; readonly person?: string | undefined; readonly json?: boolean | undefined },
  out: Output,
): Promise<number> {
  const loaded = load(folder, out);
  if (loaded === undefined) return 1;
  const gateway = new Gateway(opts.instance, new Tokens(opts.instance));
  const who = opts.person === undefined ? ({ program: 'setup' } as const) : { person: opts.person };
  const found = await gateway.compare(who, loaded.bundle);
  if (opts.json === true) out.json(found);
  else differenceLines(found).forEach((line) => out.line(line));
  const refused = found.wrong.length > 0 || found.differences.some(({ change }) => change === 'refused');
  return refused ? 1 : 0;
}

function differenceLines({ differences, unchanged, wrong }: Awaited<ReturnType<Gateway['compare']>>): string[] {
  return [
    ...differences.map(wordsOf),
    ...wrong.map((words) => `refused          ${words}`),
    `${differences.length} would change, ${unchanged} stay as they are. Nothing was published.`,
  ];
}

function wordsOf(one: Difference): string {
  const { item, change, from, to, fields = [], supersedes, successor, on, why } = one;
  const name = `${change.padEnd(9)} ${item}`;
  if (change === 'refused') return `${name}: ${why ?? ''} (${fields.join(', ') || 'the same content'})`;
  if (change === 'ended') return `${name}: on ${on ?? ''}, its cases go to ${successor ?? ''}`;
  const numbers = to === undefined ? '' : from === undefined ? ` ${to}` : ` ${from} → ${to}`;
  const replaced = supersedes === undefined ? '' : `; edition ${supersedes} is superseded for new cases`;
  return change === 'new' ? `${name}${numbers}` : `${name}${numbers}: ${fields.join(', ')}${replaced}`;
}

function load(folder: string, out: Output): LoadedCatalogue | undefined {
  try {
    return loadCatalogue(folder);
  } catch (error) {
    if (!(error instanceof CatalogueInvalidError)) throw error;
    error.problems.forEach((problem) => out.line(describeProblem(problem)));
    out.line(`${error.problems.length} mistake(s). Nothing was published.`);
    return undefined;
  }
}
