import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Refusal, type Sealed } from '@garda/contracts';
import { newEventId } from '@garda/event-store';
import { seal, type Plaintext } from '@garda/personal-data';
import type { RequestContext } from '@garda/service';
import type { CaseRule, Shown } from '../cases/case-stream';
import { CaseStreams, type CaseRef } from '../cases/case-streams';

/** Who speaks, in which case, and the words that nobody but the vault may read again. */
export interface CitizenAsk extends CaseRef {
  readonly context: RequestContext;
  readonly requestHash: string;
  readonly text?: string | undefined;
  /** Where something is kept that is not here; sealed with the words. */
  readonly reference?: string | undefined;
  readonly ifMatch?: number | undefined;
  readonly occurredAt?: string | undefined;
}

/** What is said becomes facts by this rule, with the words sealed. */
export type CitizenRule = (sealed: readonly Sealed[]) => CaseRule;

/** The code holder speaks in his case. */
export class SpeakAsCitizen extends Command<Shown> {
  constructor(
    readonly ask: CitizenAsk,
    readonly rule: CitizenRule,
  ) {
    super();
  }
}

/** Seals what is said for a citizen to himself, bound to the fact it will stand in, and decides. */
export class CitizenVoice {
  constructor(private readonly streams: CaseStreams) {}

  async say(ask: CitizenAsk, rule: CitizenRule): Promise<Shown> {
    const { context, text, reference, line, ...command } = ask;
    const { commandId, repeatOnly } = context;
    const firstEventId = newEventId();
    const sealed = text === undefined ? [] : await this.sealed(ask, firstEventId, said(text, reference));
    return this.streams[line].decide({ ...command, context, commandId, repeatOnly, firstEventId }, rule(sealed));
  }

  private async sealed({ caseId, line }: CaseRef, eventId: string, content: Plaintext): Promise<readonly Sealed[]> {
    const { state } = await this.streams[line].read(caseId);
    if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'intake has no such case');
    const [applicant] = state.file.sealTo;
    return applicant === undefined ? [] : [await seal({ caseId, eventId, ...applicant }, content)];
  }
}

function said(text: string, reference: string | undefined): Plaintext {
  return reference === undefined ? { text } : { text, reference };
}

@CommandHandler(SpeakAsCitizen)
export class SpeakAsCitizenHandler implements ICommandHandler<SpeakAsCitizen> {
  constructor(@Inject(CitizenVoice) private readonly citizen: CitizenVoice) {}

  execute({ ask, rule }: SpeakAsCitizen): Promise<Shown> {
    return this.citizen.say(ask, rule);
  }
}
