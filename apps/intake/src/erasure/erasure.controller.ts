import { Controller, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { requestErasure } from '@garda/domain';
import { Creates, Ctx, etagOf, Public, requestHash, type RequestContext } from '@garda/service';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { SpeakAsCitizen } from '../citizen/citizen-commands';
import { CodeHolder } from '../citizen/code-holder';
import type { IntakeConfig } from '../config';
import { CONFIG } from '../tokens';

class AskedDto extends createZodDto(z.object({ version: z.number().int() })) {}

/** Whoever holds the tracking code may ask to be forgotten. */
@ApiTags('citizen')
@Public()
@ApiHeader({ name: 'Tracking-Code', required: true, description: '16 digits in groups of four' })
@Controller('cases/:number/erasure')
export class ErasureController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(CodeHolder) private readonly holder: CodeHolder,
    @Inject(CONFIG) private readonly config: IntakeConfig,
  ) {}

  /** Asks that his personal data be erased. The page tells what became of it. */
  @Post()
  @ApiOperation({ summary: 'Ask that the personal data of the case be erased; the quality unit answers' })
  @HttpCode(200)
  @Creates()
  @ApiOkResponse({ type: AskedDto })
  async ask(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedDto> {
    const found = await this.holder.caseOf(number, code);
    const hash = requestHash(this.config.GARDA_REQUEST_HASH_KEY, context.route, {});
    const ask = new SpeakAsCitizen({ ...found, context, requestHash: hash }, () => requestErasure);
    const { version, shown } = await this.commands.execute(ask);
    void reply.status(shown ? 200 : 202).header('etag', etagOf(version));
    void reply.header('cache-control', 'no-store');
    return { version };
  }
}
