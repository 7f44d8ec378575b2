import { declaredCase, declaredPage, type DeclaredCase, type DeclaredPage } from '@garda/contracts';
import { linkNext, Needs, pageQuery } from '@garda/service';
import { Controller, Get, Header, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { Hidden } from '../auth/hidden';
import { CallerOf } from '../commands/caller';
import type { Caller } from '../commands/forward';
import { GetDeclared, ListDeclared } from './get-declared';

class PageQueryDto extends createZodDto(pageQuery) {}
class DeclaredPageDto extends createZodDto(declaredPage) {}
class DeclaredCaseDto extends createZodDto(declaredCase) {}

/** What citizens say that they paid, beside what was assessed. For whoever watches over money; nobody else finds it. */
@ApiTags('declared payments')
@Hidden()
@Controller('declared')
export class DeclaredController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get()
  @Needs('declared.read')
  @ApiOperation({ summary: 'Cases with declared payments, against what was assessed; the latest first' })
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ type: DeclaredPageDto })
  async list(
    @Query() ask: PageQueryDto,
    @CallerOf() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeclaredPage> {
    const page = await this.queries.execute(new ListDeclared(caller, ask));
    const { items, next } = page;
    linkNext(request, reply, next === undefined ? { items } : { items, next });
    return page;
  }

  @Get(':caseId')
  @Needs('declared.read')
  @ApiOperation({ summary: 'What was declared about one case, against what was assessed' })
  @ApiParam({ name: 'caseId', description: 'Case id, or public number' })
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ type: DeclaredCaseDto })
  one(@Param('caseId') id: string, @CallerOf() caller: Caller): Promise<DeclaredCase> {
    return this.queries.execute(new GetDeclared(caller, id));
  }
}
