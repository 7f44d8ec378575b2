import type { IntakeFact, StaffCommandBody, StaffCommandOf } from '@garda/contracts';
import type { StaffAsk } from '../shared/commands';
import type { Given } from '../shared/fold';
import type { IntakeCase } from './case';
import { discloseData, publishSummary } from './staff';

type Table = {
  readonly [N in StaffCommandOf<'intake'>]: (
    state: IntakeCase,
    ask: StaffAsk<StaffCommandBody<N>>,
    given: Given,
  ) => readonly IntakeFact[];
};

/** Intake's staff commands on one case, by the name in the contract. */
export const intakeCommands: Table = { 'publish-summary': publishSummary, disclose: discloseData };
