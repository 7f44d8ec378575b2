export { caseService, type CaseServiceSpec, type MoreParts } from './case-service';
export { caseServiceEnv, type CaseServiceConfig, type TopicNames } from './config';
export { CatalogueView } from './catalogue-view';
export { CaseDecisions, type CaseAsk, type CaseNow } from './decisions';
export { type MoreRoutes } from './module';
export { type CaseRules, type RuleGiven, type StaffAsk, type Succession } from './rules';
export { stateViews } from './case-state';
export {
  StaffCommandHandler,
  StaffDeciders,
  StaffDecider,
  type StaffAnswer,
  type StaffBody,
  type StaffCommand,
} from './staff-command';
export { staffCommandsController } from './staff-commands.controller';
export { CaseStaffDecider, type StaffDeciderParts, type StaffRules } from './staff-decider';
