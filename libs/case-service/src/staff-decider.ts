import type { NewEvent, Sealed, StaffCommandName } from '@garda/contracts';
import { newEventId, type Decided } from '@garda/event-store';
import { metaOf, requestHash } from '@garda/service';
import type { CaseDecisions } from './decisions';
import type { RuleGiven, StaffAsk } from './rules';
import { StaffDecider, type StaffAnswer, type StaffCommand } from './staff-command';

/** Words in clear, and the subject that they are about; left out: the applicant. */
export interface Said {
  readonly words: string;
  readonly about?: string | undefined;
}

export interface StaffRules<S, C> {
  /** The rule of a command, by its name in the contract. */
  decide(name: StaffCommandName, state: S, ask: StaffAsk, given: RuleGiven<C>): readonly NewEvent[];
  /** Seals the words of a command to whom they are about, bound to the event that will carry them. */
  seal?(state: S, place: { caseId: string; eventId: string }, said: Said): Promise<Sealed | undefined>;
}

export interface StaffDeciderParts<S, C> {
  readonly decisions: CaseDecisions<S, C>;
  readonly staff: StaffRules<S, C>;
  readonly hashKey: string;
  /** Whether the caller's next read will show this position; bounded. */
  readonly show: (position: bigint) => Promise<boolean>;
}

/** Staff commands on one case: the words are sealed first, because the rules are pure and sealing is not. */
export class CaseStaffDecider<S, C> extends StaffDecider {
  constructor(protected readonly parts: StaffDeciderParts<S, C>) {
    super();
  }

  async decide(command: StaffCommand): Promise<StaffAnswer> {
    const { decisions, staff } = this.parts;
    const { name, caseId, body, context, ifMatch } = command;
    const sealed = await this.seal(command);
    const ask = { caseId, actor: context.actor, body, sealedWords: sealed.words };
    const decided = await decisions.decide(
      {
        caseId,
        commandId: context.commandId,
        requestHash: this.hashOf(command),
        repeatOnly: context.repeatOnly,
        meta: metaOf(context),
        ifMatch,
        occurredAt: body.occurredAt,
        firstEventId: sealed.eventId,
      },
      (state, given) => staff.decide(name, state, ask, given),
    );
    return this.answer(caseId, decided);
  }

  /** Before anything is sealed: a random nonce changes nothing, and the words cannot be guessed from the hash. */
  protected hashOf({ context, body }: StaffCommand): string {
    return requestHash(this.parts.hashKey, context.route, body);
  }

  protected async answer(
    caseId: string,
    decided: Pick<Decided, 'version' | 'position' | 'result'>,
  ): Promise<StaffAnswer> {
    const { version, position, result } = decided;
    const shown = position === null || (await this.parts.show(position));
    return { caseId, context: this.parts.decisions.rules.context, version, result, shown };
  }

  private async seal({ caseId, body }: StaffCommand): Promise<{ words?: Sealed | undefined; eventId?: string }> {
    const { decisions, staff } = this.parts;
    if (body.words === undefined || staff.seal === undefined) return {};
    const { state } = await decisions.read(caseId);
    const eventId = newEventId();
    const { words, about } = body;
    return { eventId, words: await staff.seal(state, { caseId, eventId }, { words, about }) };
  }
}
