import { levyVerbs } from '@garda/contracts';
import { Ctx, linkNext, Needs, type RequestContext } from '@garda/service';
import { Controller, Get, Headers, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import type { CaseFileBody } from '../case-file/case-file.body';
import { CaseFileDto, unlessKnown } from '../case-file/case-file.controller';
import { inboxPage, inboxQuery } from '../inbox/inbox.query';
import { whoOf } from '../rights/judge';
import { GetLevyFile, GetLevyInbox } from './get-levy';

class LevyQueryDto extends createZodDto(inboxQuery) {}
class LevyPageDto extends createZodDto(
  inboxPage.extend({
    untouched: z
      .number()
      .int()
      .describe('How many reports one’s unit was told of because nobody has taken them: a bare count'),
    untouchedOutside: z
      .number()
      .int()
      .describe('Of these, for how many it is the body outside’s turn: nothing is sent there by itself, tell it'),
  }),
) {}

/** Reports of an illegal levy: for the inspectorate, or whoever stands in for it. For everybody else there are none. */
@ApiTags('levy')
@Controller('levy')
export class LevyController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /** The open reports that one may read, most urgent first, and a count of those that nobody has taken. */
  @Get()
  @Needs(levyVerbs.read)
  @ApiOkResponse({ type: LevyPageDto })
  async list(
    @Query() ask: LevyQueryDto,
    @Ctx() context: RequestContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const page = await this.queries.execute(new GetLevyInbox(whoOf(context), ask));
    linkNext(request, reply, page);
    const { now, items, untouched, untouchedOutside } = page;
    return { now, items, untouched, untouchedOutside };
  }

  /** The file of a report, by case id or public number. */
  @Get(':caseId')
  @Needs(levyVerbs.read)
  @ApiParam({ name: 'caseId', description: 'Case id, or public number' })
  @ApiOkResponse({ type: CaseFileDto })
  async byId(
    @Param('caseId') id: string,
    @Ctx() context: RequestContext,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseFileBody | undefined> {
    return unlessKnown(await this.queries.execute(new GetLevyFile(id, whoOf(context))), known, reply);
  }
}
