import { Body, Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { filing, staffCommands } from '@garda/contracts';
import { Creates, Ctx, etagOf, IfMatch, Needs, requestHash, type RequestContext } from '@garda/service';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { SubmitCase } from '../submission/submit-case';
import { submitBody } from '../submission/submission.controller';
import { CONFIG } from '../tokens';
import type { IntakeConfig } from '../config';
import { StaffCommand, type NamedBody, type StaffAnswer } from './staff-command';

class FilingBody extends createZodDto(filing.extend({ submission: submitBody })) {}
class PublishSummaryBody extends createZodDto(staffCommands['publish-summary'].body) {}
class DiscloseBody extends createZodDto(staffCommands.disclose.body) {}

export interface Filed {
  readonly caseId: string;
  readonly number: string;
  readonly version: number;
  readonly context: 'intake';
  readonly receivedAt: string;
  readonly dueAt?: string;
}

/** What staff and programs do here, through the gateway: each route takes the gateway's token for its own verb. */
@ApiExcludeController()
@Controller('internal/cases')
export class StaffController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(CONFIG) private readonly config: IntakeConfig,
  ) {}

  /** Filing for a citizen at the desk, or from another system's record. No tracking code comes back this way. */
  @Post()
  @Needs('case.file')
  @Creates()
  async file(
    @Body() body: FilingBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Filed> {
    const { submission, receivedAt, papers, occurredAt } = body;
    const channel = context.actor.kind === 'program' ? 'import' : 'desk';
    const requestHash = this.hash(context, body);
    const ask = { context, submission, receivedAt, papers, occurredAt, requestHash, giveCode: false };
    const { receipt, version } = await this.commands.execute(new SubmitCase({ ...ask, channel, language: 'id' }));
    void reply.header('etag', etagOf(version));
    const due = receipt.dueAt === undefined ? {} : { dueAt: receipt.dueAt };
    return {
      caseId: receipt.caseId,
      number: receipt.number,
      version,
      context: 'intake',
      receivedAt: receipt.receivedAt,
      ...due,
    };
  }

  @Post(':caseId/publish-summary')
  @HttpCode(200)
  @Needs(staffCommands['publish-summary'].verb)
  publishSummary(
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: PublishSummaryBody,
    @Ctx() context: RequestContext,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StaffAnswer> {
    return this.command(caseId, { name: 'publish-summary', body }, { context, ifMatch, reply });
  }

  @Post(':caseId/disclose')
  @HttpCode(200)
  @Needs(staffCommands.disclose.verb)
  disclose(
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: DiscloseBody,
    @Ctx() context: RequestContext,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StaffAnswer> {
    return this.command(caseId, { name: 'disclose', body }, { context, ifMatch, reply });
  }

  private async command(
    caseId: string,
    command: NamedBody,
    { context, ifMatch, reply }: { context: RequestContext; ifMatch: number | undefined; reply: FastifyReply },
  ): Promise<StaffAnswer> {
    const requestHash = this.hash(context, command.body);
    const ask = { caseId: caseId.toLowerCase(), command, context, ifMatch, requestHash };
    const answer = await this.commands.execute(new StaffCommand(ask));
    void reply.header('etag', etagOf(answer.version)).header('cache-control', 'no-store');
    return answer;
  }

  private hash(context: RequestContext, body: object): string {
    return requestHash(this.config.GARDA_REQUEST_HASH_KEY, context.route, body);
  }
}
