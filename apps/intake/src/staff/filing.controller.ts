import { Body, Controller, Inject, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { filing, levyVerbs, type LineName } from '@garda/contracts';
import { Creates, Ctx, etagOf, Needs, requestHash, type RequestContext } from '@garda/service';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { SubmitCase } from '../submission/submit-case';
import { submitBody } from '../submission/submission.controller';
import { CONFIG } from '../tokens';
import type { IntakeConfig } from '../config';

class FilingBody extends createZodDto(filing.extend({ submission: submitBody })) {}

export interface Filed {
  readonly caseId: string;
  readonly number: string;
  readonly version: number;
  readonly context: 'intake';
  readonly receivedAt: string;
  readonly dueAt?: string;
}

/** Filing by staff and programs, through the gateway. */
@ApiExcludeController()
@Controller('internal')
export class FilingController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(CONFIG) private readonly config: IntakeConfig,
  ) {}

  /** Filing for a citizen at the desk, or from another system's record. No tracking code comes back this way. */
  @Post('cases')
  @Needs('case.file')
  @Creates()
  file(
    @Body() body: FilingBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Filed> {
    return this.handIn('open', body, context, reply);
  }

  /** A report of an illegal levy from somebody who stands at the inspectorate's desk. */
  @Post('levy')
  @Needs(levyVerbs.work)
  @Creates()
  fileLevy(
    @Body() body: FilingBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Filed> {
    return this.handIn('restricted', body, context, reply);
  }

  private async handIn(door: LineName, body: FilingBody, context: RequestContext, reply: FastifyReply): Promise<Filed> {
    const { submission, slip, receivedAt, papers, occurredAt } = body;
    const channel = context.actor.kind === 'program' ? 'import' : 'desk';
    const requestHash = this.hash(context, body);
    const ask = { door, context, submission, slip, receivedAt, papers, occurredAt, requestHash, giveCode: false };
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

  private hash(context: RequestContext, body: object): string {
    return requestHash(this.config.GARDA_REQUEST_HASH_KEY, context.route, body);
  }
}
