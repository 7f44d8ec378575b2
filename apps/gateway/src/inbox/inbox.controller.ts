import { Ctx, linkNext, Needs, type RequestContext } from '@garda/service';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { whoOf } from '../rights/judge';
import { GetInbox } from './get-inbox';
import { inboxPage, inboxQuery } from './inbox.query';

class InboxQueryDto extends createZodDto(inboxQuery) {}
class InboxPageDto extends createZodDto(inboxPage) {}

@ApiTags('inbox')
@Controller('inbox')
export class InboxController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /** The open cases of one's own scope, most urgent first: overdue with nobody, overdue, then by due date. */
  @Get()
  @Needs('case.read')
  @ApiOkResponse({ type: InboxPageDto })
  async list(
    @Query() ask: InboxQueryDto,
    @Ctx() context: RequestContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const page = await this.queries.execute(new GetInbox(whoOf(context), ask));
    linkNext(request, reply, page);
    return { now: page.now, items: page.items };
  }
}
