import type { LineName } from '../lines';
import { staffCommands, type StaffCommandName } from './staff';

/**
 * The staff commands that a report of an illegal levy takes, all under the one verb `levy.work`: it stays where it is
 * until it is decided, disputed or referred outside, carries no papers and no money, and is nobody's duplicate.
 * Gateway: `POST /levy/{caseId}/{name}`. Service: `POST /internal/levy/{caseId}/{name}`.
 */
export const levyCommands = [
  'disclose',
  'decide-erasure',
  'acknowledge',
  'take',
  'assign',
  'declare-party',
  'accept',
  'reject',
  'ask',
  'withdraw-question',
  'take-first-step',
  'progress',
  'hear-unit',
  'decline-gift',
  'resolve',
  'refuse',
  'refer',
  'ask-outside',
  'outside-answered',
  'route-dispute',
  'decide-dispute',
  'reopen',
  'correct-record',
] as const satisfies readonly StaffCommandName[];
export type LevyCommandName = (typeof levyCommands)[number];

export const levyVerbs = { read: 'levy.read', work: 'levy.work' } as const;

/** The staff commands of a line, and the verb that each needs there. */
export const lineCommands: Readonly<
  Record<LineName, { readonly names: readonly StaffCommandName[]; verbOf(name: StaffCommandName): string }>
> = {
  open: {
    names: Object.keys(staffCommands) as StaffCommandName[],
    verbOf: (name) => staffCommands[name].verb,
  },
  restricted: { names: levyCommands, verbOf: () => levyVerbs.work },
};
