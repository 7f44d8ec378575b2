import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { make } from './make.mjs';

jest.setTimeout(300_000); // the compiler and other specs run in here

const checkout = join(__dirname, '..', '..', '..');
let copy = '';
const read = (path: string): string => readFileSync(join(copy, path), 'utf8');
const replace = (path: string, from: string, to: string): void => {
  expect(read(path)).toContain(from);
  writeFileSync(join(copy, path), read(path).replace(from, to));
};

/** Names are agreed before they are stored: these are agreed here, whatever the checkout has left. */
function agree(context: 'resolution' | 'routing', constant: string, ...names: string[]): void {
  const path = `libs/contracts/src/events/${context}.ts`;
  replace(path, `${constant} = [`, `${constant} = [${names.map((name) => `'${name}', `).join('')}`);
}

/** Contracts and rules, with the packages of the checkout that it lies in. */
beforeAll(() => {
  mkdirSync(join(checkout, '.garda'), { recursive: true, mode: 0o711 });
  copy = mkdtempSync(join(checkout, '.garda', 'new-'));
  const filter = (path: string): boolean => !/\/(dist|node_modules)$/.test(path);
  for (const path of ['libs/contracts', 'libs/domain', 'catalogue', 'tsconfig.base.json', '.prettierrc.json'])
    cpSync(join(checkout, path), join(copy, path), { recursive: true, filter });
  for (const path of ['jest.preset.cjs', 'jest.setup.cjs']) cpSync(join(checkout, path), join(copy, path));
  mkdirSync(join(copy, 'docs', 'domain'), { recursive: true });
  const { compilerOptions } = JSON.parse(readFileSync(join(checkout, 'tsconfig.spec.json'), 'utf8'));
  const paths = { '@garda/contracts': ['./libs/contracts/src/index.ts'] };
  const include = ['libs/*/src/**/*.ts', 'libs/*/test/**/*.ts'];
  const config = { extends: './tsconfig.base.json', compilerOptions: { ...compilerOptions, paths }, include };
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(config));
  agree('resolution', 'reservedResolutionNames', 'VisitNoted', 'VisitPlanned');
  agree('routing', 'reservedRoutingNames', 'VisitMarked');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const programOf = (name: string, path: string): string => join(dirname(require.resolve(`${name}/package.json`)), path);
function run(program: string, ...args: string[]): { ok: boolean; said: string } {
  // A new command moves cases in a new way: the page of the state machines is written anew, as `npm run generate` says.
  const env = { ...process.env, NODE_OPTIONS: '', GARDA_WRITE_STATES: '1' };
  const done = spawnSync(process.execPath, [program, ...args], { cwd: copy, encoding: 'utf8', env });
  return { ok: done.status === 0, said: `${done.stdout}${done.stderr}` };
}
/** Of contracts and rules, with their specs. */
const typesHold = () => run(programOf('typescript', 'bin/tsc'), '-p', 'tsconfig.json');
const specs = (project: string, path: string) =>
  run(programOf('jest', 'bin/jest.js'), '-c', `libs/${project}/jest.config.cjs`, '--rootDir', `libs/${project}`, path);
const passes = { ok: true, said: expect.any(String) };

const says = 'Say that somebody was there';
const command = (words: Record<string, string> = {}, context = 'resolution', name = 'note-visit') => {
  const all = { event: 'VisitNoted', verb: 'case.progress', slice: 'visit', says, ...words };
  return ['command', context, name, ...Object.entries(all).flatMap(([word, value]) => [`--${word}`, value])];
};

it('a command of resolution and one of routing can be built, and their specs pass, before anything is written by hand', () => {
  expect(make(command(), copy).written).toEqual([
    'libs/contracts/src/events/resolution.ts',
    'libs/contracts/samples/resolution/VisitNoted.v1.json',
    'libs/contracts/src/commands/staff.ts',
    'libs/contracts/src/causes.ts',
    'libs/domain/src/resolution/visit.ts',
    'libs/domain/src/resolution/visit.spec.ts',
    'libs/domain/src/resolution/commands.ts',
    'libs/domain/src/resolution/evolve.ts',
    'libs/domain/src/resolution/commands.spec.ts',
    'libs/domain/test/moves.ts',
  ]);
  const routing = { event: 'VisitMarked', verb: 'case.progress', slice: 'step' };
  expect(make(command(routing, 'routing', 'note-step'), copy).todo).toHaveLength(7);
  expect(typesHold()).toEqual(passes);
  expect(specs('domain', '(visit|commands|step|search|causes).spec')).toEqual(passes);
  expect(specs('contracts', 'samples')).toEqual(passes);
});

it('a version of an event can be built, and what was stored is read in the new shape', () => {
  const type = 'ProgressReported';
  make(['event-version', 'resolution', type], copy);
  make(['event-version', 'resolution', type], copy);
  expect(typesHold()).toEqual(passes);
  expect(specs('contracts', 'samples')).toEqual(passes);

  // Now as somebody would go on: the present shape asks for more, and the spec tells until old facts are led to it.
  const events = 'libs/contracts/src/events/resolution.ts';
  replace(events, `event('${type}', 3, z.object({`, `event('${type}', 3, z.object({ visits: z.number(),`);
  expect(specs('contracts', 'samples').ok).toBe(false);
  replace(
    'libs/contracts/src/events/upcast.ts',
    'schemaVersion: 3 })',
    'schemaVersion: 3, data: { ...(stored.data as object), visits: 0 } })',
  );
  const sample = `libs/contracts/samples/resolution/${type}.v3.json`;
  writeFileSync(join(copy, sample), JSON.stringify({ ...JSON.parse(read(sample)), visits: 2 }));
  expect(specs('contracts', 'samples')).toEqual(passes);
});

it.each([
  ['WORDS_INVALID', command({ event: 'timeExtended' })],
  ['WORDS_INVALID', ['command', '--shout']],
  ['CONTEXT_BY_HAND', command({}, 'intake')],
  ['COMMAND_EXISTS', command({}, 'resolution', 'progress')],
  ['EVENT_NOT_RESERVED', command({ event: 'TimeStoodStill' }, 'resolution', 'stand-still')],
  ['VERB_UNKNOWN', command({ event: 'VisitPlanned', verb: 'visit.plan' }, 'resolution', 'plan-visit')],
  ['FILE_EXISTS', command({ event: 'VisitPlanned', slice: 'work' }, 'resolution', 'plan-visit')],
  ['KIND_UNKNOWN', ['toString']],
  ['CONTEXT_UNKNOWN', ['event-version', 'elsewhere', 'CaseClosed']],
  ['EVENT_UNKNOWN', ['event-version', 'routing', 'CaseClosed']],
])('%s is said, and nothing is written', (code, words) => {
  const events = read('libs/contracts/src/events/resolution.ts');
  expect(() => make(words, copy)).toThrow(expect.objectContaining({ code }));
  expect(read('libs/contracts/src/events/resolution.ts')).toBe(events);
});
