import { receiptHtml, receiptPdf } from '@garda/printing';
import { Ctx, Needs, type RequestContext } from '@garda/service';
import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { whoOf } from '../rights/judge';
import { GetReceipt } from './get-receipt';

/** Staff print what the citizen takes home. The tracking code is not on it: staff never see it. */
@ApiTags('cases')
@Controller('cases/:caseId')
export class ReceiptController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get('receipt')
  @Needs('case.read')
  @ApiOperation({ summary: 'The receipt of a case as a page to print' })
  @ApiParam({ name: 'caseId', description: 'Case id, or public number' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'private, no-store')
  async html(@Param('caseId') id: string, @Ctx() context: RequestContext): Promise<string> {
    return receiptHtml(await this.queries.execute(new GetReceipt(id, whoOf(context))));
  }

  @Get('receipt.pdf')
  @Needs('case.read')
  @ApiOperation({ summary: 'The receipt of a case as a PDF' })
  @ApiParam({ name: 'caseId', description: 'Case id, or public number' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Header('content-type', 'application/pdf')
  @Header('cache-control', 'private, no-store')
  async pdf(@Param('caseId') id: string, @Ctx() context: RequestContext): Promise<Buffer> {
    return receiptPdf(await this.queries.execute(new GetReceipt(id, whoOf(context))));
  }
}
