import { caseService, type CaseRules, type StaffRules, type Succession, type TopicNames } from '@garda/case-service';
import {
  Catalogue,
  fireRouting,
  passToSuccessor,
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

const withUnit = `state->>'status' in ('offered', 'held')`;
const toDecide = `state->'dispute'->>'to'`;

/** Open cases of a unit that ended, and disputes that it was to decide. */
const succession: Succession<RoutingCase, Catalogue> = {
  where: `((${withUnit} and state->'place'->>'unit' = any($1::text[])) or ${toDecide} = any($1::text[]))`,
  indexes: [`((state->'place'->>'unit')) where ${withUnit}`, `((${toDecide})) where ${toDecide} is not null`],
  ended: (catalogue) => catalogue.ended,
  pass: passToSuccessor,
};

const rules: CaseRules<RoutingCase, Catalogue> = {
  context: 'routing',
  fold: routingFold,
  catalogue: (data) => new Catalogue(data),
  listensTo: ['intake', 'resolution'],
  react: routingReaction,
  due: routingDue,
  fire: fireRouting,
  succession,
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
