import { Ctx, Needs, type RequestContext } from '@garda/service';
import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { whoOf } from '../rights/judge';
import { GetErrands, GetMonthSheet } from './get-report';
import { errandsReport, monthSheet, reportQuery, type ErrandsReport, type MonthSheet } from './report.body';
import { sheetPage } from './sheet-page';

class ReportQueryDto extends createZodDto(reportQuery) {}
class ErrandsReportDto extends createZodDto(errandsReport) {}
class MonthSheetDto extends createZodDto(monthSheet) {}

/** What a head reads of the own unit and of those below it. Numbers only: no case, no citizen, no member of staff. */
@ApiTags('reports')
@Controller('reports')
export class ReportsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get('errands')
  @ApiOperation({ summary: 'Errands of a month by unit: trips, cases carried, kilometres, cost, and ways saved' })
  @Needs('oversight.read')
  @Header('cache-control', 'private, no-cache')
  @ApiOkResponse({ type: ErrandsReportDto })
  errands(@Query() ask: ReportQueryDto, @Ctx() context: RequestContext): Promise<ErrandsReport> {
    return this.queries.execute(new GetErrands(whoOf(context), ask));
  }

  @Get('month')
  @ApiOperation({ summary: 'The monthly sheet of a head: cases and how they went, papers on the way now, errands' })
  @Needs('oversight.read')
  @Header('cache-control', 'private, no-cache')
  @ApiOkResponse({ type: MonthSheetDto })
  month(@Query() ask: ReportQueryDto, @Ctx() context: RequestContext): Promise<MonthSheet> {
    return this.queries.execute(new GetMonthSheet(whoOf(context), ask));
  }

  @Get('month.html')
  @Needs('oversight.read')
  @ApiOperation({ summary: 'The monthly sheet as one page to print' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'private, no-cache')
  async monthPage(@Query() ask: ReportQueryDto, @Ctx() context: RequestContext): Promise<string> {
    return sheetPage(await this.month(ask, context));
  }
}
