import type { IntakeFact, StaffCommandBody, StaffCommandOf } from '@garda/contracts';
import type { StaffAsk } from '../shared/commands';
import type { Given } from '../shared/fold';
import type { IntakeCase } from './case';
import { provideForCitizen } from './citizen';
import { decideErasure } from './erasure';
import { attachForCitizen } from './evidence';
import { changeCarrier, endMandate, recordMandate } from './mandates';
import { discloseData, publishSummary } from './staff';
import { tellCitizen } from './tell';

/** Decided with what is on a slip: `reissueCode`. */
export type SlipCommand = 'reissue-code';
export type IntakeCommand = Exclude<StaffCommandOf<'intake'>, SlipCommand>;

type Table = {
  readonly [N in IntakeCommand]: (
    state: IntakeCase,
    ask: StaffAsk<StaffCommandBody<N>>,
    given: Given,
  ) => readonly IntakeFact[];
};

/** Intake's staff commands on one case, by the name in the contract. */
export const intakeCommands: Table = {
  'publish-summary': publishSummary,
  disclose: discloseData,
  'tell-citizen': tellCitizen,
  'decide-erasure': decideErasure,
  'record-mandate': recordMandate,
  'change-carrier': changeCarrier,
  'end-mandate': endMandate,
  'provide-information': provideForCitizen,
  'attach-evidence': attachForCitizen,
};
