import { readArgs, UsageError } from './args.mjs';
import { atLeast, below, exitCode, figure, integrity, median, percentile, ratio, totals } from './figures.mjs';
import { factsPerCase, placeOf } from './fill.mjs';
import { placeOf as placeInProfile, tableOf } from './profile.mjs';
import { alternate } from './rounds.mjs';

const plan = { full: { rounds: 5, callers: [1, 64] }, quick: { rounds: 1 } };
const suites = { append: { title: 'appends', plan } };
const read = (...args: string[]) => readArgs(args, suites);

describe('the words behind the command', () => {
  it('choose a suite and its sizes', () => {
    expect(read('append')).toEqual({ name: 'append', json: false, quick: false, profile: false, plan: plan.full });
    expect(read('append', '--json', '--profile')).toMatchObject({ json: true, profile: true });
    expect(read('append', '--quick').plan).toEqual({ rounds: 1, callers: [1, 64] });
    expect(read('append', '--quick', '--rounds=3', '--callers=16').plan).toEqual({ rounds: 3, callers: [16] });
  });

  it.each([
    [],
    ['nothing'],
    ['toString'],
    ['append', '--fast'],
    ['append', 'more'],
    ['append', '--rounds=0'],
    ['append', '--rounds=x'],
    ['append', '--rounds=1,2'],
    ['append', '--callers=1,,2'],
  ])('are refused with a sentence: %p', (...args: string[]) => {
    expect(() => read(...args)).toThrow(UsageError);
  });
});

describe('figures', () => {
  it('are medians with the least and the greatest', () => {
    expect(median([])).toBeNull();
    expect(median([5, 1, 9])).toBe(5);
    expect(median([4, 1, 9, 2])).toBe(3);
    expect(figure('/s', [10, 30, 20])).toEqual({ unit: '/s', median: 20, min: 10, max: 30 });
  });

  it('know the wait that ninety-nine in a hundred do not exceed', () => {
    const waits = Array.from({ length: 200 }, (_, i) => 200 - i);
    expect([percentile(waits, 0.5), percentile(waits, 0.99), percentile([7], 0.99)]).toEqual([100, 198, 7]);
    expect(percentile([], 0.5)).toBeNull();
  });

  it('have a ratio only when both were measured', () => {
    expect(ratio(figure('/s', [30]), figure('/s', [10]))).toBe(3);
    expect(ratio(figure('/s', [30]), undefined)).toBeNull();
    expect(ratio(figure('/s', [30]), figure('/s', [0]))).toBeNull();
  });
});

describe('the verdict', () => {
  const answer = { integrity: { garda: integrity(10, { stored: 10, different: 10 }) }, targets: [], quick: false };

  it('is 0 when nothing is lost and every target met', () => {
    expect(exitCode({ ...answer, targets: [atLeast('a', 5, 5), below('b', 2, 1.9), atLeast('c', 1, null)] })).toBe(0);
  });

  it('is 1 when ours lost or doubled one, and not when a peer did', () => {
    const lost = integrity(10, { stored: 9, different: 9 });
    const doubled = integrity(10, { stored: 11, different: 10 });
    expect([lost, doubled]).toMatchObject([{ missing: 1 }, { doubled: 1 }]);
    for (const garda of [lost, doubled, { holes: 1 }, { disordered: 1 }, { parked: 1 }])
      expect(exitCode({ ...answer, integrity: { garda } })).toBe(1);
    expect(exitCode({ ...answer, integrity: { ...answer.integrity, emmett: lost } })).toBe(0);
  });

  it('is 1 when a full run misses a target, 0 when a quick one does', () => {
    const targets = [below('latency', 250, 250)];
    expect(exitCode({ ...answer, targets })).toBe(1);
    expect(exitCode({ ...answer, targets, quick: true })).toBe(0);
  });

  it('adds up what the checks of all runs found', () => {
    expect(totals([{ missing: 1, parked: 2 }, { missing: 3 }])).toEqual({ missing: 4, parked: 2 });
  });
});

it('lets another one go first in each round', async () => {
  const seen: string[] = [];
  const once = async ({ name }: { name: string }, round: number) => void seen.push(`${name}${round}`);
  await alternate(3, [{ name: 'a' }, { name: 'b' }], once);
  expect(seen).toEqual(['a1', 'b1', 'b2', 'a2', 'a3', 'b3']);
});

it('fills a log with dense versions: every case its facts in order', () => {
  const versions = new Map<string, number>();
  const wrong: number[] = [];
  for (let position = 1; position <= 25_000; position += 1) {
    const { caseId, version } = placeOf(position);
    if (version !== (versions.get(caseId) ?? 0) + 1) wrong.push(position);
    versions.set(caseId, version);
  }
  expect(wrong).toEqual([]);
  expect(new Set([...versions.values()].slice(0, 2000))).toEqual(new Set([factsPerCase]));
});

it('tells whose time a profile shows, without idle time', () => {
  const frame = (functionName: string, url: string) => ({ functionName, url });
  const nodes = [
    { id: 1, callFrame: frame('(idle)', '') },
    { id: 2, callFrame: frame('append', 'file:///x/libs/event-store/dist/batcher.js') },
    { id: 3, callFrame: frame('parse', 'file:///x/node_modules/@nestjs/core/a.js') },
  ];
  const profile = { nodes, samples: [1, 2, 3, 2], timeDeltas: [1e6, 3e6, 2e6, 3e6] };
  const { seconds, places } = tableOf('ours', [profile]);
  expect(seconds).toBe(8);
  expect(places).toEqual([
    { place: 'libs/event-store', percent: 75 },
    { place: '@nestjs/core', percent: 25 },
  ]);
  expect(placeInProfile(frame('(garbage collector)', ''))).toBe('(garbage collector)');
});
