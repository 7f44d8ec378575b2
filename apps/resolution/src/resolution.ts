import { caseService, CaseStaffDecider, type CaseRules, type StaffRules, type TopicNames } from '@garda/case-service';
import {
  Catalogue,
  fireResolution,
  followersOf,
  resolutionCommands,
  resolutionDue,
  resolutionFold,
  resolutionReaction,
  type Given,
  type ResolutionCase,
  type StaffAsk,
} from '@garda/domain';
import type { ResolutionFact, StaffCommandOf } from '@garda/contracts';
import { seal } from '@garda/personal-data';
import { TripDecisions } from './trips/trip-decisions';
import { TripsController } from './trips/trips.controller';

const rules: CaseRules<ResolutionCase, Catalogue> = {
  context: 'resolution',
  fold: resolutionFold,
  catalogue: (data) => new Catalogue(data),
  listensTo: ['intake', 'routing'],
  react: resolutionReaction,
  othersOf: followersOf,
  due: resolutionDue,
  fire: fireResolution,
};

type Rule = (state: ResolutionCase, ask: StaffAsk<unknown>, given: Given) => readonly ResolutionFact[];

const staff: StaffRules<ResolutionCase, Catalogue> = {
  // The body was read by the contract of the same name: the table's rule is the one for it.
  decide: (name, state, ask, given) =>
    (resolutionCommands[name as StaffCommandOf<'resolution'>] as Rule)(state, ask, given),
  seal: async (state, { caseId, eventId }, { words, about }) => {
    const keys = state.status === 'none' ? [] : state.file.sealTo;
    const to = about === undefined ? keys[0] : keys.find(({ subject }) => subject === about);
    return to === undefined ? undefined : seal({ caseId, eventId, ...to }, { words });
  },
};

/** The work on a case: take, ask, progress, decide, close. Specs give it topics of their own. */
export function resolutionService(topics?: TopicNames) {
  return caseService(
    {
      rules,
      staffDecider: (parts) => new CaseStaffDecider({ ...parts, staff }),
      more: (parts) => ({
        controllers: [TripsController],
        providers: [{ provide: TripDecisions, useValue: new TripDecisions(parts) }],
      }),
    },
    topics,
  );
}
