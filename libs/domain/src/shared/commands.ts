import type { Actor, Sealed } from '@garda/contracts';

/** A staff command as a rule sees it: who, and what he says. */
export interface StaffAsk<B> {
  readonly caseId: string;
  readonly actor: Actor;
  readonly body: B;
  /** The words of the body, sealed to the applicant and bound to the id of the first fact. */
  readonly sealedWords?: Sealed | undefined;
}
