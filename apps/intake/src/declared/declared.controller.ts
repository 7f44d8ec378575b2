import { Body, Controller, Get, Header, Headers, HttpStatus, Inject, Param, Post, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { declaredMoney } from '@garda/contracts';
import { Creates, Ctx, Problem, Public, requestHash, type RequestContext } from '@garda/service';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { CodeHolder } from '../citizen/code-holder';
import type { IntakeConfig } from '../config';
import { CONFIG } from '../tokens';
import { DeclaredPayments, type OwnPayment } from './declared-payments';

export const paymentBody = declaredMoney.extend({
  text: z.string().trim().min(1).max(4000).optional().meta({ description: 'Who asked, and how; sealed' }),
});
const ownPayment = declaredMoney.extend({
  payment: z.uuid(),
  declaredAt: z.iso.datetime(),
  text: z.string().nullable().optional().meta({ description: 'null when his words were erased' }),
});
class PaymentBody extends createZodDto(paymentBody) {}
class PaymentDto extends createZodDto(z.object({ payment: z.uuid() })) {}
class OwnPaymentsDto extends createZodDto(z.object({ items: z.array(ownPayment) })) {}

/**
 * What the holder of the tracking code paid, or was made to pay. Apart from his page, whose reading is a fact of the case:
 * whoever declares or reads here leaves no trace in it.
 */
@ApiTags('citizen')
@Public()
@ApiHeader({ name: 'Tracking-Code', required: true, description: '16 digits in groups of four' })
@Controller('cases/:number/payments')
export class DeclaredController {
  constructor(
    @Inject(DeclaredPayments) private readonly declared: DeclaredPayments,
    @Inject(CodeHolder) private readonly holder: CodeHolder,
    @Inject(CONFIG) private readonly config: IntakeConfig,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Declare a payment; the unit that has the case never learns of it' })
  @Creates()
  @ApiCreatedResponse({ type: PaymentDto })
  @ApiAcceptedResponse({ type: PaymentDto, description: 'Stored; readable in a moment' })
  async declare(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Body() body: PaymentBody,
    @Ctx() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentDto> {
    const caseId = await this.caseOf(number, code);
    const { text, ...money } = body;
    const hash = requestHash(this.config.GARDA_REQUEST_HASH_KEY, context.route, body);
    const { payment, shown } = await this.declared.declare({ caseId, context, requestHash: hash, money, text });
    void reply.status(shown ? HttpStatus.CREATED : HttpStatus.ACCEPTED).header('cache-control', 'no-store');
    return { payment };
  }

  @Get()
  @ApiOperation({ summary: 'What you declared yourself' })
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: OwnPaymentsDto })
  async own(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
  ): Promise<{ readonly items: readonly OwnPayment[] }> {
    return { items: await this.declared.own(await this.caseOf(number, code)) };
  }

  /** Whoever reports an illegal levy says in his report what he paid: beside it there is nothing to declare. */
  private async caseOf(number: string, code: string | undefined): Promise<string> {
    const { caseId, line } = await this.holder.caseOf(number, code);
    if (line !== 'open') throw new Problem('NOT_FOUND', 'what was paid stands in the report');
    return caseId;
  }
}
