import { Body, Controller, Get, Header, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Creates, Ctx, etagOf, languageOf, Public, requestHash, type RequestContext } from '@garda/service';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import type { Shown } from '../cases/case-stream';
import { CONFIG } from '../tokens';
import type { IntakeConfig } from '../config';
import {
  AnswerQuestion,
  ClaimRefund,
  ConfirmMandate,
  DisputeDecision,
  RateService,
  RevokeMandate,
  WithdrawCase,
  type CitizenAsk,
} from './citizen-commands';
import { CodeHolder } from './code-holder';
import { pageSchema, type CitizenPage } from './page';
import { ReadCase } from './read-case';

const text = z.string().trim().min(1).max(4000);
export const answerBody = z.object({
  request: z.uuid().optional().meta({ description: 'The open question; left out when something is added unasked' }),
  items: z.array(z.string().trim().min(1).max(120)).max(40).default([]),
  text,
});
export const withdrawalBody = z.object({ reason: text.optional() });
export const disputeBody = z.object({ reason: text });
export const ratingBody = z.object({
  stars: z.number().int().min(1).max(5),
  satisfied: z.boolean().meta({ description: 'true lets the case close at once' }),
  words: text.optional(),
});
export const mandateBody = z.object({ mandate: z.uuid().meta({ description: 'As the page names it' }) });
class MandateBody extends createZodDto(mandateBody) {}
class AnswerBody extends createZodDto(answerBody) {}
class WithdrawalBody extends createZodDto(withdrawalBody) {}
class DisputeBody extends createZodDto(disputeBody) {}
class RatingBody extends createZodDto(ratingBody) {}
class PageDto extends createZodDto(pageSchema) {}
class DoneDto extends createZodDto(z.object({ version: z.number().int() })) {}

const withCode = ApiHeader({ name: 'Tracking-Code', required: true, description: '16 digits in groups of four' });

/** What the holder of the tracking code sees and may do. */
@ApiTags('citizen')
@Public()
@withCode
@Controller('cases/:number')
export class CitizenController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(CodeHolder) private readonly holder: CodeHolder,
    @Inject(CONFIG) private readonly config: IntakeConfig,
  ) {}

  /** The citizen's page: where the case stands, what happened, what is asked, what may be done next. */
  @Get()
  @ApiOperation({ summary: 'Where the case stands, what happened, what is asked, what may be done next' })
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: PageDto })
  async page(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Headers('accept-language') languages: string | undefined,
    @Ctx() context: RequestContext,
  ): Promise<CitizenPage> {
    const caseId = await this.holder.caseOf(number, code);
    return this.queries.execute(new ReadCase(caseId, languageOf(languages), context));
  }

  /** Answers the open question, or adds something unasked. */
  @Post('answers')
  @ApiOperation({ summary: 'Answer the open question, or add something unasked' })
  @HttpCode(200)
  @Creates()
  @ApiOkResponse({ type: DoneDto })
  async answer(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: AnswerBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    const ask = { ...(await this.asked(number, code, body, context)), text: body.text };
    const answer = { request: body.request, items: body.items };
    return this.done(reply, await this.commands.execute(new AnswerQuestion(ask, answer)));
  }

  /** Takes the case back. Whether that stands is told by the page. */
  @Post('withdrawal')
  @ApiOperation({ summary: 'Take the case back' })
  @HttpCode(200)
  @Creates()
  @ApiOkResponse({ type: DoneDto })
  async withdraw(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: WithdrawalBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    const ask = { ...(await this.asked(number, code, body, context)), text: body.reason };
    return this.done(reply, await this.commands.execute(new WithdrawCase(ask)));
  }

  /** Objects to the decision, within its window. Another unit than the one that decided looks at it. */
  @Post('dispute')
  @ApiOperation({ summary: 'Object to the decision, within its window' })
  @HttpCode(200)
  @Creates()
  @ApiOkResponse({ type: DoneDto })
  async dispute(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: DisputeBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    const ask = { ...(await this.asked(number, code, body, context)), text: body.reason };
    return this.done(reply, await this.commands.execute(new DisputeDecision(ask)));
  }

  /** Rates the decision, once. */
  @Post('rating')
  @ApiOperation({ summary: 'Rate the decision, once' })
  @HttpCode(200)
  @Creates()
  @ApiOkResponse({ type: DoneDto })
  async rate(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: RatingBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    const ask = { ...(await this.asked(number, code, body, context)), text: body.words };
    const { stars, satisfied } = body;
    return this.done(reply, await this.commands.execute(new RateService(ask, { stars, satisfied })));
  }

  /** Says that the desk wrote down whom he lets act for him as he said it. */
  @Post('mandate/confirmation')
  @ApiOperation({ summary: 'Confirm the mandate that a desk recorded; only then may the unit receive for you' })
  @HttpCode(200)
  @Creates()
  @ApiOkResponse({ type: DoneDto })
  async confirmMandate(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: MandateBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    const ask = await this.asked(number, code, body, context);
    return this.done(reply, await this.commands.execute(new ConfirmMandate(ask, body.mandate)));
  }

  /** Takes a mandate back, confirmed or not. */
  @Post('mandate/revocation')
  @ApiOperation({ summary: 'Take a mandate back' })
  @HttpCode(200)
  @Creates()
  @ApiOkResponse({ type: DoneDto })
  async revokeMandate(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: MandateBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    const ask = await this.asked(number, code, body, context);
    return this.done(reply, await this.commands.execute(new RevokeMandate(ask, body.mandate)));
  }

  /** Asks for the money back, once, after the decision or the withdrawal; the treasury decides. */
  @Post('refund-claim')
  @ApiOperation({ summary: 'Ask for the money back, once, after the decision or the withdrawal' })
  @HttpCode(200)
  @Creates()
  @ApiOkResponse({ type: DoneDto })
  async claimRefund(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: WithdrawalBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    const ask = { ...(await this.asked(number, code, body, context)), text: body.reason };
    return this.done(reply, await this.commands.execute(new ClaimRefund(ask)));
  }

  private async asked(
    number: string,
    code: string | undefined,
    body: object,
    context: RequestContext,
  ): Promise<CitizenAsk> {
    const caseId = await this.holder.caseOf(number, code);
    return { caseId, context, requestHash: requestHash(this.config.GARDA_REQUEST_HASH_KEY, context.route, body) };
  }

  private done(reply: FastifyReply, { version, shown }: Shown): DoneDto {
    void reply
      .status(shown ? 200 : 202)
      .header('etag', etagOf(version))
      .header('cache-control', 'no-store');
    return { version };
  }
}
