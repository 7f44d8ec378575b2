import { Body, Controller, Get, Header, HttpCode, Inject, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { slipBookOrder, slipRevoking } from '@garda/contracts';
import { Creates, Ctx, Needs, Problem, Public, requestHash, type RequestContext } from '@garda/service';
import { createZodDto } from 'nestjs-zod';
import { CaseStreams } from '../cases/case-streams';
import type { IntakeConfig } from '../config';
import { CONFIG } from '../tokens';
import { PrintJobs } from './print-jobs';
import { SlipBooks, type SlipAsk } from './slip-books';
import { askPage, slipPage } from './slip-page';

class OrderBody extends createZodDto(slipBookOrder) {}
class RevokingBody extends createZodDto(slipRevoking) {}

const html = 'text/html; charset=utf-8';

/** Books of slips for desks, through the gateway; and the page that prints one, once. */
@ApiExcludeController()
@Controller()
export class SlipsController {
  constructor(
    @Inject(SlipBooks) private readonly books: SlipBooks,
    @Inject(PrintJobs) private readonly jobs: PrintJobs,
    @Inject(CaseStreams) private readonly streams: CaseStreams,
    @Inject(CONFIG) private readonly config: IntakeConfig,
  ) {}

  /** The codes are not in the answer: whoever prints them opens `printAt`, once. */
  @Post('internal/slip-books')
  @Needs('slips.issue')
  @Creates()
  async issue(@Body() body: OrderBody, @Ctx() context: RequestContext) {
    const book = await this.books.issue(this.asked(context, body), body);
    const state = await this.books.read(book);
    if (state.status === 'none') throw new Error('the book was issued and is not there');
    const { unit, numbers } = state;
    const secret = await this.jobs.create(book, 'id' in context.actor ? context.actor.id : context.actor.kind);
    return { book, unit, numbers, printAt: `${this.config.GARDA_PUBLIC_URL ?? ''}/print/${secret}` };
  }

  @Post('internal/slip-books/:book/revocations')
  @HttpCode(200)
  @Needs('slips.revoke')
  async revoke(
    @Param('book', ParseUUIDPipe) book: string,
    @Body() body: RevokingBody,
    @Ctx() context: RequestContext,
  ): Promise<{ book: string; number: string }> {
    await this.books.revoke(book.toLowerCase(), this.asked(context, body), body);
    return { book, number: body.number };
  }

  @Get('print/:secret')
  @Public()
  @Header('content-type', html)
  ask(): string {
    return askPage();
  }

  @Post('print/:secret')
  @Public()
  @HttpCode(200)
  @Header('content-type', html)
  @Header('cache-control', 'no-store')
  async print(@Param('secret') secret: string): Promise<string> {
    const book = await this.jobs.take(secret);
    const state = book === undefined ? undefined : await this.books.read(book);
    if (state?.status !== 'issued') throw new Problem('NOT_FOUND', 'the page was printed, is too old, or never was');
    const catalogue = await this.streams.open.catalogue();
    const slips = state.numbers.map((number) => ({ number, code: this.books.codeOf(number) }));
    const at = this.config.GARDA_PUBLIC_URL ?? '';
    const unit = catalogue.unit(state.unit)?.name ?? state.unit;
    return slipPage(slips, { unit, page: (number) => `${at}/cases/${number}` });
  }

  private asked(context: RequestContext, body: object): SlipAsk {
    return { context, requestHash: requestHash(this.config.GARDA_REQUEST_HASH_KEY, context.route, body) };
  }
}
