import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  lineNames,
  lineOf,
  Refusal,
  type Channel,
  type EventToAppend,
  type IntakeData,
  type LineName,
  type RecordedEvent,
  type Submission,
} from '@garda/contracts';
import { checkSubmission, submitCase, type SubmitCase as SubmitFact } from '@garda/domain';
import { newEventId } from '@garda/event-store';
import { ERASED, Vault } from '@garda/personal-data';
import type { Language, RequestContext } from '@garda/service';
import type { Pool } from 'pg';
import { DATABASE } from '../tokens';
import { CaseStreams, type CaseRef } from '../cases/case-streams';
import { dueOf, promised } from '../citizen/due';
import { MessageChannel } from '../notification/message-channel';
import { PublicNumbers } from '../numbers/public-number';
import { caseOfSlip, SlipBooks } from '../slips/slip-books';
import { SHOWN_AGAIN_FOR_MS, TrackingCodes } from '../tracking/tracking-code';
import { saltOf, sealContent } from './content';
import { receiptOf, type Receipt } from './receipt';

export interface SubmitAsk {
  readonly context: RequestContext;
  readonly submission: Submission;
  readonly channel: Channel;
  /** The line that this door is for; a citizen's is for both. */
  readonly door?: LineName;
  readonly requestHash: string | null;
  /** Whether the answer may hold a tracking code: never at a desk. */
  readonly giveCode: boolean;
  readonly language: Language;
  /** At a desk: the numbered slip that the citizen holds. */
  readonly slip?: { readonly number: string; readonly line: number } | undefined;
  readonly receivedAt?: string | undefined;
  readonly papers?: readonly string[] | undefined;
  readonly occurredAt?: string | undefined;
}

export interface Submitted {
  readonly receipt: Receipt;
  readonly version: number;
  /** Whether the caller's next read shows it already. */
  readonly shown: boolean;
}

export class SubmitCase extends Command<Submitted> {
  constructor(readonly ask: SubmitAsk) {
    super();
  }
}

@CommandHandler(SubmitCase)
export class SubmitCaseHandler implements ICommandHandler<SubmitCase> {
  constructor(
    @Inject(CaseStreams) private readonly streams: CaseStreams,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(PublicNumbers) private readonly numbers: PublicNumbers,
    @Inject(TrackingCodes) private readonly codes: TrackingCodes,
    @Inject(SlipBooks) private readonly slips: SlipBooks,
    @Inject(DATABASE) private readonly pool: Pool,
    @Inject(MessageChannel) private readonly messages: MessageChannel,
  ) {}

  async execute({ ask }: SubmitCase): Promise<Submitted> {
    const { context, requestHash, occurredAt, slip } = ask;
    const { commandId } = context;
    const line = await this.lineOf(ask);
    const cases = this.streams[line];
    const [caseId, firstEventId] = [slip === undefined ? newEventId() : caseOfSlip(slip), newEventId()];
    const loaded = await cases.lookUp(caseId, commandId);
    const typed = loaded.events.at(-1);
    // Typed before, by this desk or after a lost answer: the same slip is the same case (rule 14).
    if (typed !== undefined && loaded.command === undefined)
      return this.typedBefore(ask, { caseId, line }, typed.version);
    const prepared =
      loaded.command === undefined
        ? await this.prepare(ask, { caseId, line, firstEventId, now: loaded.now })
        : undefined;
    const decided = await cases.decide(
      { caseId, context, commandId, requestHash, occurredAt, firstEventId, loaded, result: { caseId } },
      (state, given) => (prepared === undefined ? [] : submitCase(state, prepared.fact, given)),
    );
    const [first] = decided.events;
    // A repetition is answered from its first result, whatever was prepared here.
    const { caseId: kept } = decided.result as { caseId: string };
    const receipt =
      first === undefined ? this.receiptAgain({ caseId: kept, line }, ask) : this.receipt(first, ask, prepared?.salt);
    return { receipt: await receipt, version: 1, shown: decided.shown };
  }

  /** By the kind of the standard; what no standard is known for, the rules of the open line refuse. */
  private async lineOf({ submission, door }: SubmitAsk): Promise<LineName> {
    const catalogue = await this.streams.open.catalogue((seen) => seen.standard(submission.standard));
    const line = lineOf(catalogue.standard(submission.standard)?.kind ?? 'request');
    if (door !== undefined && door !== line)
      throw new Refusal('ENTRY_NOT_ALLOWED', `${submission.standard} is not handed in there`);
    return line;
  }

  /** One slip is one case, whichever line it is on. */
  private async unusedElsewhere({ caseId, line }: CaseRef): Promise<void> {
    const others = lineNames.filter((one) => one !== line).map((one) => this.streams[one].events(caseId));
    if ((await Promise.all(others)).flat().length > 0) throw new Refusal('SLIP_USED', 'a case was handed in with it');
  }

  private async typedBefore(ask: SubmitAsk, of: CaseRef, version: number): Promise<Submitted> {
    if (ask.slip !== undefined) await this.slips.demand({ actor: ask.context.actor, number: ask.slip.number });
    return { receipt: await this.receiptAgain(of, ask), version, shown: true };
  }

  /** Guards first; then the key of the applicant, committed before any fact names it; then the sealing. */
  private async prepare(
    ask: SubmitAsk,
    { caseId, line, firstEventId: eventId, now }: CaseRef & { firstEventId: string; now: string },
  ): Promise<{ readonly fact: SubmitFact; readonly salt: string }> {
    const { submission, channel, receivedAt, papers, occurredAt, context, slip } = ask;
    const handing = { actor: context.actor, submission, receivedAt, papers, occurredAt, slip };
    if (slip !== undefined) {
      await this.slips.demand({ actor: context.actor, number: slip.number, receivedAt });
      await this.unusedElsewhere({ caseId, line });
    }
    const cases = this.streams[line];
    const { standard } = await cases.withReference(async () => {
      const catalogue = await cases.catalogue((seen) => seen.standard(submission.standard));
      return checkSubmission(handing, { now, catalogue });
    });
    const applicant = await this.vault.createSubject(this.pool, caseId);
    const to = { caseId, eventId, applicant };
    const { sealed, contentCommitment, salt } = await sealContent(submission, standard, to);
    // The first errand on a slip has the slip's own number.
    const number = slip?.line === 1 ? slip.number : await this.numbers.next();
    const reachable = submission.identity !== 'none' && (submission.person?.phone ?? submission.person?.email);
    const fact: SubmitFact = {
      ...handing,
      ...{ caseId, number, channel, applicant, contentCommitment },
      sealed: [sealed],
      codeHash: this.codeHash(ask, caseId),
      tellBy: reachable ? this.messages.name : 'page',
    };
    return { fact, salt };
  }

  private codeHash({ giveCode, slip, context }: SubmitAsk, caseId: string): string | undefined {
    if (slip !== undefined) return this.slips.hashOf(caseId, slip.number);
    return giveCode ? this.codes.hash(caseId, this.codes.derive(context.commandId)) : undefined;
  }

  /** Of the fact that was just appended: what the log and the seal would answer is in our hands. */
  private async receipt(submitted: EventToAppend, ask: SubmitAsk, salt: string | undefined): Promise<Receipt> {
    const catalogue = await this.streams.open.catalogue();
    const data = submitted.data as IntakeData<'CaseSubmitted'>;
    const trackingCode = ask.giveCode ? this.codes.derive(ask.context.commandId) : undefined;
    const dueAt = promised(data, catalogue);
    return receiptOf(data, { catalogue, language: ask.language, salt, trackingCode, dueAt });
  }

  /** The same as the first answer, from the log. */
  private async receiptAgain({ caseId, line }: CaseRef, { context, language, giveCode }: SubmitAsk): Promise<Receipt> {
    const cases = this.streams[line];
    const { events, now } = await cases.read(caseId);
    const submitted = events[0] as RecordedEvent;
    const catalogue = await cases.catalogue();
    return receiptOf(submitted.data as IntakeData<'CaseSubmitted'>, {
      ...{ catalogue, language },
      salt: await this.saltOf(submitted),
      trackingCode: giveCode ? this.codeOf(submitted, context.commandId, now) : undefined,
      dueAt: dueOf(events, catalogue),
    });
  }

  private async saltOf(event: RecordedEvent): Promise<string | undefined> {
    const { caseId, sealed } = event.data as IntakeData<'CaseSubmitted'>;
    const [own] = sealed;
    const opened = own === undefined ? ERASED : await this.vault.openSealed(own, caseId, event.eventId);
    return opened === ERASED ? undefined : saltOf(opened);
  }

  /** Again for a day; after that the code is nobody's to tell. */
  private codeOf(event: RecordedEvent, commandId: string, now: string): string | undefined {
    const { codeHash } = event.data as IntakeData<'CaseSubmitted'>;
    const recent = Date.parse(now) - Date.parse(event.recordedAt) <= SHOWN_AGAIN_FOR_MS;
    return codeHash !== undefined && recent ? this.codes.derive(commandId) : undefined;
  }
}
