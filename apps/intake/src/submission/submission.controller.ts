import { Body, Controller, Headers, HttpStatus, Inject, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { submission } from '@garda/contracts';
import { Creates, Ctx, languageOf, Public, requestHash, type RequestContext } from '@garda/service';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { CONFIG } from '../tokens';
import type { IntakeConfig } from '../config';
import { receiptSchema, type Receipt } from './receipt';
import { SubmitCase } from './submit-case';

export const submitBody = submission.refine(({ identity, person }) => identity !== 'none' || person === undefined, {
  path: ['person'],
  error: 'must be absent when the identity is none',
  params: { id: 'harus kosong bila pelapor tidak disebut' },
});
class SubmitBody extends createZodDto(submitBody) {}
class ReceiptDto extends createZodDto(receiptSchema) {}

/** Handing in a case: anybody, named or not. It costs nothing. */
@ApiTags('citizen')
@Controller('cases')
export class SubmissionController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(CONFIG) private readonly config: IntakeConfig,
  ) {}

  /**
   * Hands in a request or a complaint. The answer shows the tracking code once: with it, and the number, the citizen
   * comes back. 202 instead of 201 says that it is stored and will be readable in a moment.
   */
  @Post()
  @ApiOperation({ summary: 'Hand in a request or a complaint; it costs nothing' })
  @Public()
  @Creates()
  @ApiCreatedResponse({ type: ReceiptDto })
  @ApiAcceptedResponse({ type: ReceiptDto, description: 'Stored; readable in a moment' })
  async submit(
    @Body() body: SubmitBody,
    @Ctx() context: RequestContext,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Receipt> {
    const hash = requestHash(this.config.GARDA_REQUEST_HASH_KEY, context.route, body);
    const ask = { context, submission: body, channel: 'web', requestHash: hash, giveCode: true } as const;
    const { receipt, shown } = await this.commands.execute(new SubmitCase({ ...ask, language: languageOf(languages) }));
    if (!shown) void reply.status(HttpStatus.ACCEPTED);
    void reply.header('location', `/cases/${receipt.number}`).header('cache-control', 'no-store');
    return receipt;
  }
}
