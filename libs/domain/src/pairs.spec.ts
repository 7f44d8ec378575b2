import { Refusal, type Actor, type NewEvent, type StaffCommandOf } from '@garda/contracts';
import fc from 'fast-check';
import { disagreements } from '../test/agree';
import { staff, submit } from '../test/facts';
import { Pair } from '../test/pair';
import { givenAt } from '../test/spec';
import type { System } from '../test/system';
import { withdrawCase } from './intake/citizen';
import { disputeDecision } from './intake/disputes';
import { submitCase } from './intake/submit';
import { resolutionCommands } from './resolution/commands';
import { routingDue } from './routing/due';
import { linkDuplicate, unlinkDuplicate } from './routing/duplicates';
import type { Given } from './shared/fold';

type Deed = (pair: Pair) => void;
type Side = 'leader' | 'follower';

const roads = staff('roads', 'dpupr');
const head = staff('head', 'dpupr');

const handIn =
  (side: Side): Deed =>
  ({ [side]: system }) => {
    const { caseId } = system;
    system.append('intake', submitCase(system.intake.state, submit({}, { caseId }), system.given()));
  };
const office =
  (side: Side, name: StaffCommandOf<'resolution'>, body: object = {}, actor: Actor = roads): Deed =>
  ({ [side]: system }) => {
    const rule = resolutionCommands[name] as (state: unknown, ask: unknown, given: Given) => readonly NewEvent[];
    system.append('resolution', rule(system.resolution.state, { caseId: '', actor, body }, system.given()));
  };
const withdraw = (side: Side): Deed => {
  return ({ [side]: system }) => system.append('intake', withdrawCase(system.intake.state, { sealed: [] }));
};
const disputes = (side: Side): Deed => {
  return ({ [side]: system }) =>
    system.append('intake', disputeDecision(system.intake.state, { sealed: [] }, system.given()));
};
/** One append over both streams. */
const pairUp =
  (rule: typeof linkDuplicate, times = 1): Deed =>
  ({ leader, follower }) => {
    const facts = rule(leader.routing.state, follower.routing.state, { actor: roads, body: {} }, givenAt());
    leader.append('routing', facts.leader, `pair ${rule.name} ${times}`);
    follower.append('routing', facts.follower, `pair ${rule.name} ${times}`);
  };
const both = [handIn('leader'), handIn('follower')];
const working = [office('leader', 'take'), office('leader', 'accept')];
const remedied = office('leader', 'resolve', { outcome: 'remedied' });
const upheld = (side: Side) =>
  office(side, 'decide-dispute', { result: 'upheld', words: 'x' }, staff('arbiter', 'upkp2'));

interface Story {
  readonly deeds: readonly Deed[];
  readonly follower: { readonly status: string; readonly outcome?: string; readonly reopened?: number };
}
const stories: Readonly<Record<string, Story>> = {
  'a leader that is remedied decides its follower': {
    deeds: [...both, pairUp(linkDuplicate), ...working, remedied],
    follower: { status: 'decided', outcome: 'as_leader' },
  },
  'so does one that was remedied before the link': {
    deeds: [...both, ...working, remedied, pairUp(linkDuplicate)],
    follower: { status: 'decided', outcome: 'as_leader' },
  },
  'a leader that is withdrawn lets its follower go': {
    deeds: [...both, pairUp(linkDuplicate), ...working, withdraw('leader')],
    follower: { status: 'pending', reopened: 0 },
  },
  'so does one that is rejected': {
    deeds: [...both, pairUp(linkDuplicate), ...working, office('leader', 'reject', { reason: 'abusive' }, head)],
    follower: { status: 'pending', reopened: 0 },
  },
  'a follower that was decided is opened again when its leader is reopened and withdrawn': {
    deeds: [
      ...[...both, pairUp(linkDuplicate), ...working, remedied],
      ...[disputes('leader'), upheld('leader'), withdraw('leader')],
    ],
    follower: { status: 'pending', reopened: 1 },
  },
  'a follower that was untied and tied again follows still': {
    deeds: [
      ...[...both, pairUp(linkDuplicate), pairUp(unlinkDuplicate), pairUp(linkDuplicate, 2)],
      ...[...working, remedied],
    ],
    follower: { status: 'decided', outcome: 'as_leader' },
  },
  'a follower that was untied in time goes on alone': {
    deeds: [...both, pairUp(linkDuplicate), ...working, pairUp(unlinkDuplicate), remedied],
    follower: { status: 'pending', reopened: 0 },
  },
  'a follower that disputes for itself is worked on for itself': {
    deeds: [...[...both, pairUp(linkDuplicate), ...working, remedied], ...[disputes('follower'), upheld('follower')]],
    follower: { status: 'pending', reopened: 1 },
  },
};

describe.each(Object.entries(stories))('%s', (_name, { deeds, follower }) => {
  it('in every order in which the topics are heard', () =>
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat({ max: 11 })), (choices) => {
        const pair = run(deeds, choices);
        expect(endOf(pair.follower)).toMatchObject(follower);
        for (const system of [pair.leader, pair.follower]) expect(disagreements(system)).toEqual([]);
        expect(tieIn(pair)).toEqual([tieOf(pair.follower), tieOf(pair.follower)]);
        // Whoever goes on alone has clocks of his own.
        const alone = follower.status === 'pending';
        expect(routingDue(pair.follower.routing.state, pair.follower.given().catalogue).length > 0).toBe(alone);
      }),
      { numRuns: 150 },
    ));
});

function run(deeds: readonly Deed[], choices: Iterator<number>): Pair {
  const pair = new Pair();
  const choose = (among: number) => (among === 0 ? 0 : (choices.next().value ?? 0) % among);
  deeds.forEach((deed, index) => {
    pair.leader.deed = pair.follower.deed = index;
    for (let tried = 0; ; tried += 1) {
      try {
        deed(pair);
        break;
      } catch (error) {
        if (!(error instanceof Refusal) || tried > 1000) throw error;
      }
      const queues = pair.pending();
      const deliver = queues[choose(queues.length)];
      if (deliver === undefined) throw new Error(`deed ${index + 1} is never allowed`);
      deliver();
    }
  });
  pair.settle(choose);
  return pair;
}

function endOf({ resolution: { state } }: System) {
  if (state.status === 'none') return { status: 'none' };
  const decided = 'decision' in state ? { outcome: state.decision?.outcome } : {};
  return { status: state.status, reopened: state.reopened, ...decided };
}

/** The leader as the follower knows it, in resolution. */
function tieOf({ resolution: { state } }: System): string | null {
  return state.status === 'none' ? null : state.leader;
}

/** The same in routing, from both sides. A case that was opened again has left its leader by itself. */
function tieIn({ leader, follower }: Pair): readonly (string | null)[] {
  const [leads, follows] = [leader.routing.state, follower.routing.state];
  if (leads.status === 'none' || follows.status === 'none') return [null, null];
  const named = leads.followers.some((one) => one.link === follows.link);
  return [follows.leader, named && !wasResumed(follower) ? leader.caseId : null];
}

function wasResumed({ routing: { log } }: System): boolean {
  return log.some(({ type }) => type === 'CaseResumed');
}
