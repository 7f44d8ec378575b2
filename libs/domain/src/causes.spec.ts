import { causes, contexts, staffCommands, type Causes, type StaffCommandName } from '@garda/contracts';
import { acceptedBeside } from '../test/accepted';
import { explore } from '../test/explore';
import { citizen, staff, submit } from '../test/facts';
import { after, movesOf, type Move } from '../test/moves';
import { System } from '../test/system';
import { submitCase } from './intake/submit';

const privately = { content: 'private' as const, objectPlace: {}, area: '33.25.01.2001' };
const somethingPaid = { submission: { standard: 'LH-02', ...privately }, actor: citizen };
/** Cases that between them need every command on one case. */
const cases = [
  { submission: { standard: 'DK-01', ...privately }, actor: staff('officer', 'desa-a'), papers: ['old KK'] },
  somethingPaid,
  { submission: { standard: 'UM-04', ...privately }, actor: citizen },
  { submission: {}, actor: citizen },
  { submission: { standard: 'HB-01', attributes: { road_class: 'national' } }, actor: citizen },
] as const;

function handedIn({ submission, ...more }: (typeof cases)[number]): System {
  const system = new System();
  system.append('intake', submitCase(system.intake.state, submit(submission, more), system.given()));
  return system;
}

/** Money back is far from the beginning: each step of the way there. */
function paidBack(): readonly System[] {
  const steps = [handedIn(somethingPaid)];
  for (const name of ['take', 'accept', 'assess-fee', 'confirm-fee', 'cancel-fee', 'decide-refund', 'refund-fee']) {
    const before = steps.at(-1)?.copy();
    before?.settle(() => 0);
    const move = before && movesOf(before).find((one) => one.name === name);
    const next = before && move && after(before, move);
    if (next === undefined) throw new Error(`nobody can do "${name}" here`);
    steps.push(before as System, next);
  }
  return steps;
}

const systems = [...cases.flatMap((one) => explore(handedIn(one), { most: 350, settled: true })), ...paidBack()];

/** By what a fact came: a command, the code holder, the clock, or what was heard. */
const seen = new Map<string, Set<string>>();
const see = (by: string, facts: readonly string[]) =>
  facts.forEach((type) => seen.set(by, (seen.get(by) ?? new Set()).add(type)));
const commands = Object.keys(staffCommands) as StaffCommandName[];
const isCommand = (name: string): name is StaffCommandName => name in staffCommands;

/** What a move appended itself, and what the others appended when they heard of it. */
function watch(system: System, move: Move): void {
  const next = after(system, move);
  if (next === undefined || move.name.includes(' hears ')) return;
  const name = move.name.split(' ')[0] ?? '';
  see(isCommand(name) ? name : move.name === 'time passes' ? 'clock' : 'holder', added(system, next));
  const settled = next.copy();
  settled.settle(() => 0);
  see('reaction', added(next, settled));
}
function added(before: System, now: System): readonly string[] {
  return contexts.flatMap((context) => now[context].log.slice(before[context].log.length).map(({ type }) => type));
}
for (const system of systems) for (const move of movesOf(system)) watch(system, move);
for (const [command, facts] of acceptedBeside()) see(command, facts);

const all: Readonly<Record<string, Causes>> = Object.assign({}, ...contexts.map((context) => causes[context]));
const said = (type: string, by: string): boolean => {
  const cause = all[type] ?? {};
  if (by === 'clock' || by === 'reaction') return cause[by] === true;
  // That he was told is recorded when his page shows it, or by the notifier: of neither he is the author.
  if (by === 'holder') return cause.holder !== undefined || type === 'CitizenNotified';
  return isCommand(by) && (cause.commands ?? []).includes(by);
};

it('no guard is unsatisfiable: each command is accepted somewhere', () =>
  expect(commands.filter((name) => !seen.has(name))).toEqual([]));

it('each fact comes by what is said to cause it, and by nothing else', () => {
  const unsaid = [...seen].flatMap(([by, types]) =>
    [...types].filter((type) => !said(type, by)).map((type) => `${type} by ${by}`),
  );
  expect(unsaid).toEqual([]);
});

/** Seen in specs of their own: they need a moment that the search here does not come to. */
const elsewhere: readonly string[] = ['CaseReopened by confirm-fee'];

it('each command causes all that it is said to cause', () => {
  const unseen = Object.entries(all).flatMap(([type, { commands: by = [] }]) =>
    by.filter((command) => !(seen.get(command)?.has(type) ?? false)).map((command) => `${type} by ${command}`),
  );
  expect(unseen).toEqual(elsewhere);
});
