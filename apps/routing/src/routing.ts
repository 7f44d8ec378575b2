import { caseService, type CaseRules, type StaffRules, type TopicNames } from '@garda/case-service';
import {
  Catalogue,
  fireRouting,
  routingCommands,
  routingDue,
  routingFold,
  routingReaction,
  type Given,
  type RoutingCase,
  type RoutingCommand,
  type StaffAsk,
} from '@garda/domain';
import type { RoutingFact } from '@garda/contracts';
import { PairDecider } from './duplicates/pair-decider';

const rules: CaseRules<RoutingCase, Catalogue> = {
  context: 'routing',
  fold: routingFold,
  catalogue: (data) => new Catalogue(data),
  listensTo: ['intake', 'resolution'],
  react: routingReaction,
  due: routingDue,
  fire: fireRouting,
};

type Rule = (state: RoutingCase, ask: StaffAsk<unknown>, given: Given) => readonly RoutingFact[];

const staff: StaffRules<RoutingCase, Catalogue> = {
  // The body was read by the contract of the same name: the table's rule is the one for it.
  decide: (name, state, ask, given) => (routingCommands[name as RoutingCommand] as Rule)(state, ask, given),
};

/** Who answers for a case: policy, hand-overs, deadlines, escalation. Specs give it topics of their own. */
export function routingService(topics?: TopicNames) {
  return caseService({ rules, staffDecider: (parts) => new PairDecider({ ...parts, staff }) }, topics);
}
