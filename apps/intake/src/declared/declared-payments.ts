import {
  assertEvent,
  declaredStreamOf,
  Refusal,
  type DeclaredMoney,
  type IntakeData,
  type Sealed,
} from '@garda/contracts';
import type { CatalogueView } from '@garda/case-service';
import { declaredFold, declarePayment, type Catalogue, type Declared, type IntakeCase } from '@garda/domain';
import { DecisionRunner, newEventId, type EventLog } from '@garda/event-store';
import { seal, type Vault } from '@garda/personal-data';
import { metaOf, type RequestContext } from '@garda/service';
import type { CaseStream } from '../cases/case-stream';
import { openAll, sealedPartsOf, textOf } from '../cases/sealed-parts';

/** What the code holder says that he paid. */
export interface DeclareAsk {
  readonly caseId: string;
  readonly context: RequestContext;
  readonly requestHash: string;
  readonly money: DeclaredMoney;
  /** His own words; sealed to him. */
  readonly text?: string | undefined;
}

export interface OwnPayment extends DeclaredMoney {
  readonly payment: string;
  readonly declaredAt: string;
  /** Null when his words were erased. */
  readonly text?: string | null;
}

/**
 * Declared payments: streams of the restricted log (rule 3). The case's own stream is read and never written, so nothing
 * that the handling unit can read moves: no version, no notification, no clock.
 */
export class DeclaredPayments {
  private readonly runner: DecisionRunner<Declared>;

  constructor(
    private readonly of: {
      readonly restricted: EventLog;
      readonly cases: CaseStream;
      readonly catalogue: CatalogueView<Catalogue>;
      readonly vault: Vault;
      /** Whether whoever watches over money would read it now; bounded. */
      readonly show: (position: bigint) => Promise<boolean>;
    },
  ) {
    this.runner = new DecisionRunner(of.restricted, declaredFold, (event) => assertEvent('intake', event));
  }

  /** Answers the declaration's id, the same to every repetition. */
  async declare(ask: DeclareAsk): Promise<{ readonly payment: string; readonly shown: boolean }> {
    const { caseId, context, requestHash, money, text } = ask;
    const { state: about } = await this.of.cases.read(caseId);
    const eventId = newEventId();
    const sealed = text === undefined ? [] : await sealedTo(about, { eventId, text });
    const decided = await this.of.catalogue.retried(() =>
      this.runner.decide(
        {
          ...{ streamId: declaredStreamOf(caseId), key: caseId, requestHash, meta: metaOf(context) },
          ...{ commandId: context.commandId, repeatOnly: context.repeatOnly, newId: () => eventId },
          result: () => ({ payment: eventId }),
        },
        (state, { now }) =>
          declarePayment(state, { ...money, sealed }, { about, now, catalogue: this.of.catalogue.current }),
      ),
    );
    const { payment } = decided.result as { payment: string };
    return { payment, shown: decided.position === null || (await this.of.show(decided.position)) };
  }

  /** What he declared himself, with his words, in the order in which he did. */
  async own(caseId: string): Promise<readonly OwnPayment[]> {
    const events = await this.of.restricted.readStream(declaredStreamOf(caseId));
    const opened = await openAll(this.of.vault, caseId, sealedPartsOf(events));
    const texts = new Map(opened.map(({ boundTo, content }) => [boundTo, textOf(content)]));
    return events.map(({ eventId, recordedAt, data }) => {
      const { amount, to, forWhat, line, paidOn, receipt } = data as IntakeData<'PaymentDeclared'>;
      const text = texts.get(eventId);
      return {
        ...{ payment: eventId, declaredAt: recordedAt, amount, to, forWhat, paidOn, receipt },
        ...(line === undefined ? {} : { line }),
        ...(text === undefined ? {} : { text }),
      };
    });
  }
}

async function sealedTo(about: IntakeCase, { eventId, text }: { eventId: string; text: string }): Promise<Sealed[]> {
  if (about.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'intake has no such case');
  const { caseId, sealTo } = about.file;
  const [applicant] = sealTo;
  return applicant === undefined ? [] : [await seal({ caseId, eventId, ...applicant }, { text })];
}
