import { Controller, Get, Inject, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { DeclaredCase, DeclaredPage } from '@garda/contracts';
import { Needs, pageQuery, Problem } from '@garda/service';
import { createZodDto } from 'nestjs-zod';
import { DeclaredCases } from './declared-cases';

class PageQueryDto extends createZodDto(pageQuery) {}

/** For the gateway, which has judged that whoever asks may read declared payments. */
@ApiExcludeController()
@Controller('internal/declared')
export class WatchingController {
  constructor(@Inject(DeclaredCases) private readonly declared: DeclaredCases) {}

  @Get()
  @Needs('declared.read')
  list(@Query() ask: PageQueryDto): Promise<DeclaredPage> {
    return this.declared.page(ask);
  }

  @Get(':caseId')
  @Needs('declared.read')
  async one(@Param('caseId', ParseUUIDPipe) caseId: string): Promise<DeclaredCase> {
    const found = await this.declared.one(caseId.toLowerCase());
    if (found === undefined) throw new Problem('NOT_FOUND', 'intake has no such case');
    return found;
  }
}
