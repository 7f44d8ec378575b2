import { Controller, Get, Header, Headers, Inject, Param, Req } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Refusal, type RecordedEvent } from '@garda/contracts';
import { receiptHtml, printedReceiptOf, receiptPdf, type PrintedReceipt } from '@garda/printing';
import { Public } from '@garda/service';
import type { FastifyRequest } from 'fastify';
import { ERASED, Vault } from '@garda/personal-data';
import { CaseStreams } from '../cases/case-streams';
import { openAll, sealedPartsOf } from '../cases/sealed-parts';
import { CodeHolder } from '../citizen/code-holder';
import { papersOf } from '../citizen/papers';
import type { IntakeConfig } from '../config';
import { saltOf } from '../submission/content';
import { CONFIG } from '../tokens';

/** The receipt, printed by whoever holds the tracking code. It does not show the code, and tells no news. */
@ApiTags('citizen')
@Public()
@ApiHeader({ name: 'Tracking-Code', required: true, description: '16 digits in groups of four' })
@Controller('cases/:number')
export class ReceiptController {
  constructor(
    @Inject(CaseStreams) private readonly streams: CaseStreams,
    @Inject(CodeHolder) private readonly holder: CodeHolder,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: IntakeConfig,
  ) {}

  @Get('receipt')
  @ApiOperation({ summary: 'The receipt as a page to print: what was handed in, what it costs, when it is due' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async html(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    return receiptHtml(await this.receipt(number, code, request));
  }

  @Get('receipt.pdf')
  @ApiOperation({ summary: 'The same receipt as a PDF' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Header('content-type', 'application/pdf')
  @Header('cache-control', 'no-store')
  async pdf(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<Buffer> {
    return receiptPdf(await this.receipt(number, code, request));
  }

  private async receipt(number: string, code: string | undefined, request: FastifyRequest): Promise<PrintedReceipt> {
    const { caseId, line } = await this.holder.caseOf(number, code);
    const cases = this.streams[line];
    const { events, state } = await cases.read(caseId);
    if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'the index names a case without a stream');
    return printedReceiptOf({
      state,
      papers: papersOf(state, events).map(({ item }) => item),
      catalogue: await cases.catalogue(),
      publicUrl: this.config.GARDA_PUBLIC_URL ?? `${request.protocol}://${request.host}`,
      zone: this.config.GARDA_ZONE,
      salt: await this.salt(caseId, events),
    });
  }

  /** Undefined once his words were erased. */
  private async salt(caseId: string, [submitted]: readonly RecordedEvent[]): Promise<string | undefined> {
    const own = sealedPartsOf(submitted === undefined ? [] : [submitted]).slice(0, 1);
    const [opened] = await openAll(this.vault, caseId, own);
    return opened === undefined || opened.content === ERASED ? undefined : saltOf(opened.content);
  }
}
