import { slipBookOrder, slipRevoking } from '@garda/contracts';
import { Creates, Needs } from '@garda/service';
import { Body, Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { passOn } from '../commands/answer';
import { CallerOf } from '../commands/caller';
import type { Caller } from '../commands/forward';
import { ServiceClient } from '../services/service-client';

class SlipBookOrderBody extends createZodDto(slipBookOrder) {}
class SlipRevokingBody extends createZodDto(slipRevoking) {}

/** Numbered slips for desks: the unit must be the caller's or below it; intake, which has the books, decides. */
@ApiTags('slips')
@Controller('slip-books')
export class SlipsController {
  constructor(@Inject(ServiceClient) private readonly services: ServiceClient) {}

  /** Answers the numbers and `printAt`, a page that shows the codes once and is for paper. */
  @Post()
  @ApiOperation({ summary: 'Issue a book of numbered slips for a desk, to be printed once' })
  @HttpCode(201)
  @Needs('slips.issue')
  @Creates()
  @ApiBody({ type: SlipBookOrderBody })
  issue(@Body() body: unknown, @CallerOf() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.send('/internal/slip-books', 'slips.issue', { body, caller, reply });
  }

  @Post(':book/revocations')
  @ApiOperation({ summary: 'Revoke a slip that was lost or spoiled' })
  @HttpCode(200)
  @Needs('slips.revoke')
  @Creates()
  @ApiBody({ type: SlipRevokingBody })
  revoke(
    @Param('book', ParseUUIDPipe) book: string,
    @Body() body: unknown,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.send(`/internal/slip-books/${book}/revocations`, 'slips.revoke', { body, caller, reply });
  }

  private async send(
    path: string,
    verb: string,
    { body, caller, reply }: { body: unknown; caller: Caller; reply: FastifyReply },
  ): Promise<string> {
    const { principal, trace, headers } = caller;
    const claims = { actor: principal.actor, roles: [...principal.roles], verb };
    return passOn(
      reply,
      await this.services.send({ service: 'intake', method: 'POST', path, claims, trace, headers, body }),
    );
  }
}
