import {
  applyDecorators,
  Body,
  Controller,
  Get,
  Header,
  Headers,
  HttpCode,
  Inject,
  Param,
  Post,
  Res,
} from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { fileSize, mediaType, sha256 } from '@garda/contracts';
import {
  attachEvidence,
  claimRefund,
  confirmMandate,
  disputeDecision,
  provideInformation,
  rateService,
  revokeMandate,
  withdrawCase,
} from '@garda/domain';
import { Creates, Ctx, etagOf, languageOf, Public, requestHash, type RequestContext } from '@garda/service';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { CONFIG } from '../tokens';
import type { IntakeConfig } from '../config';
import { SpeakAsCitizen, type CitizenRule } from './citizen-commands';
import { CodeHolder } from './code-holder';
import { pageSchema, type CitizenPage } from './page-schema';
import { ReadCase } from './read-case';

const text = z.string().trim().min(1).max(4000);
export const answerBody = z.object({
  request: z.uuid().optional().meta({ description: 'The open question; left out when something is added unasked' }),
  items: z.array(z.string().trim().min(1).max(120)).max(40).default([]),
  text,
});
export const evidenceBody = z.object({
  request: z.uuid().optional().meta({ description: 'The open question; left out when something is added unasked' }),
  sha256: sha256.meta({ description: 'SHA-256 of the file, hex: by it the file is known again' }),
  mediaType,
  size: fileSize.optional().meta({ description: 'Bytes' }),
  reference: z.string().trim().min(1).max(500).meta({ description: 'Where the file is kept; sealed' }),
  text: text.meta({ description: 'What it shows; sealed' }),
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
class EvidenceBody extends createZodDto(evidenceBody) {}
class WithdrawalBody extends createZodDto(withdrawalBody) {}
class DisputeBody extends createZodDto(disputeBody) {}
class RatingBody extends createZodDto(ratingBody) {}
class PageDto extends createZodDto(pageSchema) {}
class DoneDto extends createZodDto(z.object({ version: z.number().int() })) {}

const withCode = ApiHeader({ name: 'Tracking-Code', required: true, description: '16 digits in groups of four' });

/** A route by which he says something. */
const Says = (path: string, summary: string): MethodDecorator =>
  applyDecorators(Post(path), ApiOperation({ summary }), HttpCode(200), Creates(), ApiOkResponse({ type: DoneDto }));

/** A request of his, as its route was given it. */
interface Said {
  readonly number: string;
  readonly code: string | undefined;
  readonly body: object;
  readonly context: RequestContext;
  readonly reply: FastifyReply;
  /** The words in the body, to be sealed. */
  readonly text?: string | undefined;
  readonly reference?: string | undefined;
}

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
    const found = await this.holder.caseOf(number, code);
    return this.queries.execute(new ReadCase(found, languageOf(languages), context));
  }

  /** Answers the open question, or adds something unasked. */
  @Says('answers', 'Answer the open question, or add something unasked')
  answer(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: AnswerBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    const { request, items } = body;
    return this.say(
      { number, code, body, context, reply, text: body.text },
      (sealed) => (state) => provideInformation(state, { request, items, sealed }),
    );
  }

  /** Attaches what he can show: kept elsewhere, by its hash. */
  @Says('evidence', 'Attach a file that is kept elsewhere, by its hash, to the open question or unasked')
  attach(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: EvidenceBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    const { text: words, reference, ...file } = body;
    return this.say(
      { number, code, body, context, reply, text: words, reference },
      (sealed) => (state) => attachEvidence(state, { ...file, sealed: [...sealed] }),
    );
  }

  /** Takes the case back. Whether that stands is told by the page. */
  @Says('withdrawal', 'Take the case back')
  withdraw(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: WithdrawalBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    return this.say(
      { number, code, body, context, reply, text: body.reason },
      (sealed) => (state) => withdrawCase(state, { sealed }),
    );
  }

  /** Objects to the decision, within its window. Another unit than the one that decided looks at it. */
  @Says('dispute', 'Object to the decision, within its window')
  dispute(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: DisputeBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    return this.say(
      { number, code, body, context, reply, text: body.reason },
      (sealed) => (state, given) => disputeDecision(state, { sealed }, given),
    );
  }

  /** Rates the decision, once. */
  @Says('rating', 'Rate the decision, once')
  rate(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: RatingBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    const { stars, satisfied } = body;
    return this.say(
      { number, code, body, context, reply, text: body.words },
      (sealed) => (state) => rateService(state, { stars, satisfied, sealed }),
    );
  }

  /** Says that the desk wrote down whom he lets act for him as he said it. */
  @Says('mandate/confirmation', 'Confirm the mandate that a desk recorded; only then may the unit receive for you')
  confirmMandate(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: MandateBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    return this.say({ number, code, body, context, reply }, () => (state) => confirmMandate(state, body));
  }

  /** Takes a mandate back, confirmed or not. */
  @Says('mandate/revocation', 'Take a mandate back')
  revokeMandate(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: MandateBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    return this.say({ number, code, body, context, reply }, () => (state) => revokeMandate(state, body));
  }

  /** Asks for the money back, once, after the decision or the withdrawal; the treasury decides. */
  @Says('refund-claim', 'Ask for the money back, once, after the decision or the withdrawal')
  claimRefund(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: WithdrawalBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DoneDto> {
    return this.say(
      { number, code, body, context, reply, text: body.reason },
      (sealed) => (state) => claimRefund(state, { sealed }),
    );
  }

  private async say(
    { number, code, body, context, reply, text: words, reference }: Said,
    rule: CitizenRule,
  ): Promise<DoneDto> {
    const { caseId, line } = await this.holder.caseOf(number, code);
    const hash = requestHash(this.config.GARDA_REQUEST_HASH_KEY, context.route, body);
    const ask = { caseId, line, context, requestHash: hash, text: words, reference };
    const { version, shown } = await this.commands.execute(new SpeakAsCitizen(ask, rule));
    void reply
      .status(shown ? 200 : 202)
      .header('etag', etagOf(version))
      .header('cache-control', 'no-store');
    return { version };
  }
}
