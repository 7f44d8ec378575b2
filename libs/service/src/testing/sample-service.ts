import { Body, Controller, Get, HttpCode, Module, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { createZodDto } from 'nestjs-zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { z } from 'zod';
import { Refusal, type RefusalCode } from '@garda/contracts';
import { WithoutLog } from '../command-gate';
import { baseEnv } from '../config';
import { Needs, Public, ServiceTokenGuard } from '../guards';
import { Creates, requestHash } from '../idempotency';
import { IfMatch } from '../if-match';
import { decodeCursor, linkNext, pageOf, pageQuery } from '../pages';
import { Problem } from '../problem';
import type { TechnicalCode } from '../technical-codes';
import { Ctx, metaOf, type RequestContext } from '../request-context';
import type { ServiceDefinition } from '../run-service';
import { ServiceRuntime, type RuntimeParts } from '../runtime';

const colour = z
  .string()
  .refine((one) => one === 'white', { error: 'is always white', params: { id: 'selalu putih' } });
const lamp = z.object({
  name: z.string().min(1).max(20),
  place: z.object({ lat: z.number() }),
  colour: colour.optional(),
});
class LampBody extends createZodDto(lamp) {}
class LampQuery extends createZodDto(pageQuery) {}

/** A service like ours, with one thing of each kind, for the specs of this library. */
@Controller()
class SampleController {
  @Post('lamps')
  @Creates()
  @Public()
  make(@Ctx() ctx: RequestContext, @Body() body: LampBody) {
    return { ...metaOf(ctx), commandId: ctx.commandId, hash: requestHash('c2VjcmV0', ctx.route, body) };
  }

  @Get('lamps')
  @Public()
  list(
    @Query() query: LampQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): { items: readonly number[] } {
    const after = decodeCursor(z.number(), query.cursor) ?? 0;
    const rows = Array.from({ length: query.limit + 1 }, (_, i) => after + i + 1).filter((n) => n <= 5);
    const page = pageOf(rows, query.limit, (last) => last);
    linkNext(request, reply, page);
    return { items: page.items };
  }

  @Post('forms')
  @HttpCode(200)
  @WithoutLog()
  @Public()
  form(@Body() body: unknown) {
    return body ?? null;
  }

  @Post('cases/:caseId/take')
  @Needs('case.take')
  take(@Ctx() ctx: RequestContext, @Param('caseId', ParseUUIDPipe) caseId: string, @IfMatch() seen?: number) {
    return { caseId, seen: seen ?? null, actor: ctx.actor, commandId: ctx.commandId };
  }

  @Post('cases/:caseId/ask')
  @Creates()
  @Needs('case.ask')
  ask(@Ctx() ctx: RequestContext) {
    return { commandId: ctx.commandId };
  }

  /** Takes its time. */
  @Post('slow')
  @HttpCode(200)
  @WithoutLog()
  @Public()
  async slow(@Body() { ms }: { ms: number }) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return { done: true };
  }

  @Get('fail/:code')
  @Public()
  fail(@Param('code') code: string): never {
    if (code === 'BUG') throw new Error('the name of the citizen is Siti');
    if (code.startsWith('LIB_')) throw Object.assign(new Error('from a library'), { code: code.slice(4) });
    if (code.startsWith('RULE_')) throw new Refusal(code.slice(5) as RefusalCode, 'the rules said no');
    throw new Problem(code as TechnicalCode, 'so it is');
  }
}

@Module({ controllers: [SampleController] })
class SampleModule {}

export interface SampleKeys {
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
}

export async function sampleKeys(): Promise<SampleKeys> {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  return { publicJwk: await exportJWK(pair.publicKey), privateJwk: await exportJWK(pair.privateKey) };
}

export function sampleService(
  gatewayKey: JWK,
  parts: Omit<RuntimeParts, 'log'> = {},
): ServiceDefinition<typeof baseEnv> {
  return {
    name: 'sample',
    config: baseEnv,
    docs: { title: 'Sample', description: 'Lamps', version: '1' },
    build: (_, { log }) => ({
      module: SampleModule,
      runtime: new ServiceRuntime({ log, ...parts }),
      guard: new ServiceTokenGuard({ service: 'sample', gatewayKey }),
    }),
  };
}

export const sampleEnv: NodeJS.ProcessEnv = { GARDA_MODE: 'test', PORT: '0', LOG_LEVEL: 'silent' };
