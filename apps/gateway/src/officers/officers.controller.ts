import { reassignment, standInNaming } from '@garda/contracts';
import { Creates, Needs } from '@garda/service';
import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { passOn } from '../commands/answer';
import { CallerOf } from '../commands/caller';
import type { Caller } from '../commands/forward';
import { ServiceClient } from '../services/service-client';
import { ReassignAll, type ReassignAnswer } from './reassign-all';

class StandInNamingBody extends createZodDto(standInNaming) {}
class ReassignmentBody extends createZodDto(reassignment) {}

const answers = z.object({
  results: z.array(
    z.object({
      caseId: z.uuid(),
      status: z.number().int().describe('As the command on the one case would have answered'),
      code: z.string().optional().describe('Why not'),
    }),
  ),
  more: z.boolean().describe('More cases than one call passes on: the same call again goes on'),
});
class ReassignAnswers extends createZodDto(answers) {}

/** What a head does when an officer is away: another stands in, or has all his cases. */
@ApiTags('officers')
@Controller('officers/:officer')
export class OfficersController {
  constructor(
    @Inject(ServiceClient) private readonly services: ServiceClient,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  @Post('stand-in')
  @ApiOperation({ summary: 'Name who does the work of an officer from one day to another; the last word counts' })
  @HttpCode(200)
  @Needs('standin.name')
  @Creates()
  @ApiBody({ type: StandInNamingBody })
  async standIn(
    @Param('officer') officer: string,
    @Body() body: unknown,
    @CallerOf() { principal, trace, headers }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const claims = { actor: principal.actor, roles: [...principal.roles], verb: 'standin.name' };
    const path = `/internal/officers/${encodeURIComponent(officer)}/stand-in`;
    return passOn(
      reply,
      await this.services.send({ service: 'intake', method: 'POST', path, claims, trace, headers, body }),
    );
  }

  @Post('reassign')
  @ApiOperation({ summary: 'Give every open case of an officer of one’s unit to another; each is judged by itself' })
  @HttpCode(200)
  @Needs('case.assign')
  @Creates()
  @ApiOkResponse({ type: ReassignAnswers })
  reassign(
    @Param('officer') officer: string,
    @Body() { to }: ReassignmentBody,
    @CallerOf() caller: Caller,
  ): Promise<ReassignAnswer> {
    return this.commands.execute(new ReassignAll(officer, to, caller));
  }
}
