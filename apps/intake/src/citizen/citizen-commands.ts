import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Refusal, type Sealed } from '@garda/contracts';
import {
  claimRefund,
  confirmMandate,
  disputeDecision,
  provideInformation,
  rateService,
  revokeMandate,
  withdrawCase,
} from '@garda/domain';
import { newEventId } from '@garda/event-store';
import { seal } from '@garda/personal-data';
import type { RequestContext } from '@garda/service';
import { CaseStream, type CaseRule, type Shown } from '../cases/case-stream';

/** Who speaks, in which case, and the words that nobody but the vault may read again. */
export interface CitizenAsk {
  readonly caseId: string;
  readonly context: RequestContext;
  readonly requestHash: string;
  readonly text?: string | undefined;
  readonly ifMatch?: number | undefined;
  readonly occurredAt?: string | undefined;
}

export class AnswerQuestion extends Command<Shown> {
  constructor(
    readonly ask: CitizenAsk,
    readonly answer: { readonly request?: string | undefined; readonly items: readonly string[] },
  ) {
    super();
  }
}
export class WithdrawCase extends Command<Shown> {
  constructor(readonly ask: CitizenAsk) {
    super();
  }
}
export class ConfirmMandate extends Command<Shown> {
  constructor(
    readonly ask: CitizenAsk,
    readonly mandate: string,
  ) {
    super();
  }
}
export class RevokeMandate extends Command<Shown> {
  constructor(
    readonly ask: CitizenAsk,
    readonly mandate: string,
  ) {
    super();
  }
}
export class DisputeDecision extends Command<Shown> {
  constructor(readonly ask: CitizenAsk) {
    super();
  }
}
export class RateService extends Command<Shown> {
  constructor(
    readonly ask: CitizenAsk,
    readonly rating: { readonly stars: number; readonly satisfied: boolean },
  ) {
    super();
  }
}

export class ClaimRefund extends Command<Shown> {
  constructor(readonly ask: CitizenAsk) {
    super();
  }
}

/** Seals what is said for a citizen to himself, bound to the fact it will stand in, and decides. */
export class CitizenVoice {
  constructor(private readonly cases: CaseStream) {}

  async say(ask: CitizenAsk, rule: (sealed: readonly Sealed[]) => CaseRule): Promise<Shown> {
    const { context, text, ...command } = ask;
    const { commandId, repeatOnly } = context;
    const firstEventId = newEventId();
    const sealed = text === undefined ? [] : await this.sealed(ask.caseId, firstEventId, text);
    return this.cases.decide({ ...command, context, commandId, repeatOnly, firstEventId }, rule(sealed));
  }

  private async sealed(caseId: string, eventId: string, text: string): Promise<readonly Sealed[]> {
    const { state } = await this.cases.read(caseId);
    if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'intake has no such case');
    const [applicant] = state.file.sealTo;
    return applicant === undefined ? [] : [await seal({ caseId, eventId, ...applicant }, { text })];
  }
}

@CommandHandler(AnswerQuestion)
export class AnswerQuestionHandler implements ICommandHandler<AnswerQuestion> {
  constructor(@Inject(CitizenVoice) private readonly citizen: CitizenVoice) {}

  execute({ ask, answer }: AnswerQuestion): Promise<Shown> {
    return this.citizen.say(ask, (sealed) => (state) => provideInformation(state, { ...answer, sealed }));
  }
}

@CommandHandler(WithdrawCase)
export class WithdrawCaseHandler implements ICommandHandler<WithdrawCase> {
  constructor(@Inject(CitizenVoice) private readonly citizen: CitizenVoice) {}

  execute({ ask }: WithdrawCase): Promise<Shown> {
    return this.citizen.say(ask, (sealed) => (state) => withdrawCase(state, { sealed }));
  }
}

@CommandHandler(DisputeDecision)
export class DisputeDecisionHandler implements ICommandHandler<DisputeDecision> {
  constructor(@Inject(CitizenVoice) private readonly citizen: CitizenVoice) {}

  execute({ ask }: DisputeDecision): Promise<Shown> {
    return this.citizen.say(ask, (sealed) => (state, given) => disputeDecision(state, { sealed }, given));
  }
}

@CommandHandler(RateService)
export class RateServiceHandler implements ICommandHandler<RateService> {
  constructor(@Inject(CitizenVoice) private readonly citizen: CitizenVoice) {}

  execute({ ask, rating }: RateService): Promise<Shown> {
    return this.citizen.say(ask, (sealed) => (state) => rateService(state, { ...rating, sealed }));
  }
}

@CommandHandler(ConfirmMandate)
export class ConfirmMandateHandler implements ICommandHandler<ConfirmMandate> {
  constructor(@Inject(CitizenVoice) private readonly citizen: CitizenVoice) {}

  execute({ ask, mandate }: ConfirmMandate): Promise<Shown> {
    return this.citizen.say(ask, () => (state) => confirmMandate(state, { mandate }));
  }
}

@CommandHandler(RevokeMandate)
export class RevokeMandateHandler implements ICommandHandler<RevokeMandate> {
  constructor(@Inject(CitizenVoice) private readonly citizen: CitizenVoice) {}

  execute({ ask, mandate }: RevokeMandate): Promise<Shown> {
    return this.citizen.say(ask, () => (state) => revokeMandate(state, { mandate }));
  }
}

@CommandHandler(ClaimRefund)
export class ClaimRefundHandler implements ICommandHandler<ClaimRefund> {
  constructor(@Inject(CitizenVoice) private readonly citizen: CitizenVoice) {}

  execute({ ask }: ClaimRefund): Promise<Shown> {
    return this.citizen.say(ask, (sealed) => (state) => claimRefund(state, { sealed }));
  }
}
