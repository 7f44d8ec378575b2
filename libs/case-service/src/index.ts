export { caseService, type CaseServiceSpec, type MoreParts } from './case-service';
export { caseServiceEnv, type CaseServiceConfig, type TopicNames } from './config';
export { CaseDecisions, type CaseAsk, type CaseNow } from './decisions';
export { type MoreRoutes } from './module';
export { streamOf, type CaseRules, type RuleGiven, type StaffAsk } from './rules';
export { StaffDecider, type StaffAnswer, type StaffBody, type StaffCommand } from './staff-command';
export { CaseStaffDecider, type StaffDeciderParts, type StaffRules } from './staff-decider';
