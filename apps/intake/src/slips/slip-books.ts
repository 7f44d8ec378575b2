import { assertEvent, type JsonValue, type SlipBookOrder, type SlipRevoking } from '@garda/contracts';
import type { CatalogueView } from '@garda/case-service';
import { checkSlip, foldAll, issueSlips, revokeSlip, slipBookFold, type Catalogue, type SlipBook } from '@garda/domain';
import { commandId, DecisionRunner, type Decided, type EventLog } from '@garda/event-store';
import { metaOf, type RequestContext } from '@garda/service';
import type { Pool } from 'pg';
import type { PublicNumbers } from '../numbers/public-number';
import type { TrackingCodes } from '../tracking/tracking-code';

export interface SlipAsk {
  readonly context: RequestContext;
  readonly requestHash: string;
}

const streamOf = (book: string): string => `slips-${book}`;

/** The case that the n-th line of a slip is for: the same slip typed twice, by whomever, is one case (rule 14). */
export const caseOfSlip = ({ number, line }: { number: string; line: number }): string =>
  commandId('slip', number, String(line));

/** Books of numbered slips: a stream each, found by the numbers in them. */
export class SlipBooks {
  private readonly runner: DecisionRunner<SlipBook>;

  constructor(
    private readonly of: {
      readonly pool: Pool;
      readonly log: EventLog;
      readonly catalogue: CatalogueView<Catalogue>;
      readonly numbers: PublicNumbers;
      readonly codes: TrackingCodes;
      /** Whether a slip of the book would be found by its number now; bounded. */
      readonly show: (position: bigint) => Promise<boolean>;
    },
  ) {
    this.runner = new DecisionRunner(of.log, slipBookFold, (event) => assertEvent('intake', event));
  }

  /** Answers the book's id: made of the command, so that a repetition is answered with the same book. */
  async issue({ context, requestHash }: SlipAsk, { unit, count }: SlipBookOrder): Promise<string> {
    const book = commandId('slip-book', context.commandId);
    const { actor } = context;
    const numbers = await this.of.numbers.several(count);
    const { position } = await this.decide(book, { context, requestHash }, (state) =>
      issueSlips(state, { actor, book, unit, numbers }, { catalogue: this.of.catalogue.current }),
    );
    if (position !== null) await this.of.show(position);
    return book;
  }

  async revoke(book: string, { context, requestHash }: SlipAsk, slip: SlipRevoking): Promise<void> {
    const { actor } = context;
    await this.decide(book, { context, requestHash }, (state) =>
      revokeSlip(state, { actor, ...slip }, { catalogue: this.of.catalogue.current }),
    );
  }

  /** Refuses a slip that this desk may not use for something received at this time. */
  async demand(use: Parameters<typeof checkSlip>[1]): Promise<void> {
    checkSlip(await this.holding(use.number), use, { catalogue: this.of.catalogue.current });
  }

  async read(book: string): Promise<SlipBook> {
    return foldAll(slipBookFold, await this.of.log.readStream(streamOf(book)));
  }

  /** The code folded into a slip: nobody stores it. */
  codeOf(number: string): string {
    return this.of.codes.derive(`slip:${number}`);
  }

  /** What a case keeps of it. */
  hashOf(caseId: string, number: string): string {
    return this.of.codes.hash(caseId, this.codeOf(number));
  }

  private async holding(number: string): Promise<SlipBook> {
    const { rows } = await this.of.pool.query<{ book: string }>('select book from read.slips where number = $1', [
      number,
    ]);
    return rows[0] === undefined ? slipBookFold.initial : this.read(rows[0].book);
  }

  private decide(
    book: string,
    { context, requestHash }: SlipAsk,
    rule: Parameters<DecisionRunner<SlipBook>['decide']>[1],
  ): Promise<Decided> {
    const streamId = streamOf(book);
    const { commandId: id, repeatOnly } = context;
    const result = (): JsonValue => ({ book });
    return this.of.catalogue.retried(() =>
      this.runner.decide(
        { streamId, key: streamId, commandId: id, requestHash, repeatOnly, meta: metaOf(context), result },
        rule,
      ),
    );
  }
}
