import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Refusal, type Sealed } from '@garda/contracts';
import { claimRefund, provideInformation, rateService, withdrawCase } from '@garda/domain';
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

/** Seals what the code holder says to himself, bound to the fact it will stand in, and decides. */
export class CitizenVoice {
  constructor(private readonly cases: CaseStream) {}

  async say(ask: CitizenAsk, rule: (sealed: readonly Sealed[]) => CaseRule): Promise<Shown> {
    const { caseId, context, requestHash, text } = ask;
    const { state } = await this.cases.read(caseId);
    if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'intake has no such case');
    const firstEventId = newEventId();
    const [applicant] = state.file.sealTo;
    const sealed =
      text === undefined || applicant === undefined
        ? []
        : [await seal({ caseId, eventId: firstEventId, ...applicant }, { text })];
    const { commandId } = context;
    return this.cases.decide({ caseId, context, commandId, requestHash, firstEventId }, rule(sealed));
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

@CommandHandler(RateService)
export class RateServiceHandler implements ICommandHandler<RateService> {
  constructor(@Inject(CitizenVoice) private readonly citizen: CitizenVoice) {}

  execute({ ask, rating }: RateService): Promise<Shown> {
    return this.citizen.say(ask, (sealed) => (state) => rateService(state, { ...rating, sealed }));
  }
}

@CommandHandler(ClaimRefund)
export class ClaimRefundHandler implements ICommandHandler<ClaimRefund> {
  constructor(@Inject(CitizenVoice) private readonly citizen: CitizenVoice) {}

  execute({ ask }: ClaimRefund): Promise<Shown> {
    return this.citizen.say(ask, (sealed) => (state) => claimRefund(state, { sealed }));
  }
}
