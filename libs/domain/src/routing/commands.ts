import type { RoutingFact, StaffCommandBody, StaffCommandOf } from '@garda/contracts';
import type { StaffAsk } from '../shared/commands';
import type { Given } from '../shared/fold';
import type { RoutingCase } from './case';
import { routeDispute } from './disputes';
import { acknowledgeHandOver, triageCase } from './hand-over';
import { askOutside, outsideAnswered, referCase } from './outside';
import { returnCase, transferCase } from './moves';

/** The commands that touch two streams at once: `linkDuplicate` and `unlinkDuplicate` decide them. */
export type PairCommand = 'link-duplicate' | 'unlink-duplicate';
export type RoutingCommand = Exclude<StaffCommandOf<'routing'>, PairCommand>;

type Table = {
  readonly [N in RoutingCommand]: (
    state: RoutingCase,
    ask: StaffAsk<StaffCommandBody<N>>,
    given: Given,
  ) => readonly RoutingFact[];
};

/** Routing's staff commands on one case, by the name in the contract. */
export const routingCommands: Table = {
  triage: triageCase,
  acknowledge: acknowledgeHandOver,

  transfer: transferCase,
  return: returnCase,
  'route-dispute': routeDispute,

  refer: referCase,
  'ask-outside': askOutside,
  'outside-answered': outsideAnswered,
};
