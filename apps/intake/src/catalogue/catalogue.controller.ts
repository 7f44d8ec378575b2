import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { catalogueBundle, serviceStandard } from '@garda/contracts';
import { ReferenceStore } from '@garda/reference';
import {
  Ctx,
  decodeCursor,
  languageOf,
  linkNext,
  Needs,
  pageOf,
  pageQuery,
  Problem,
  Public,
  type Page,
  type RequestContext,
} from '@garda/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { CompareCatalogue, PublishCatalogue, type Differences, type Published } from './publish-catalogue';
import { latestStandards, offeredStandards } from './standards';

/** A service on offer, in the reader's language. */
export const offerSchema = z.object({
  code: z.string(),
  version: z.number().int(),
  name: z.string(),
  kind: z.string(),
  entry: z.array(z.string()),
  identity: z.array(z.string()),
  content: z.array(z.string()),
  /** What it costs: nothing is charged that no regulation names. */
  cost: z.object({ amount: z.literal(0), currency: z.literal('IDR'), words: z.string() }),
  stages: z.array(z.object({ tier: z.string(), time: z.string() })),
});
type Offer = z.infer<typeof offerSchema>;

class Bundle extends createZodDto(catalogueBundle) {}
class PageQueryDto extends createZodDto(pageQuery) {}
class OffersDto extends createZodDto(z.object({ items: z.array(offerSchema), next: z.string().optional() })) {}
class StandardDto extends createZodDto(serviceStandard) {}

@ApiTags('standards')
@Controller()
export class CatalogueController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(ReferenceStore) private readonly reference: ReferenceStore,
  ) {}

  /** What may be filed, by which door, how long it takes, what it costs. */
  @Get('standards')
  @ApiOperation({ summary: 'What may be filed, by which door, how long it takes, what it costs' })
  @Public()
  @ApiOkResponse({ type: OffersDto })
  list(
    @Query() { cursor, limit }: PageQueryDto,
    @Headers('accept-language') languages: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Page<Offer> {
    const after = decodeCursor(z.string(), cursor) ?? '';
    const language = languageOf(languages);
    const rows = offeredStandards(this.reference.snapshot()).filter(({ code }) => code > after);
    const page = pageOf(rows.slice(0, limit + 1), limit, ({ code }) => code);
    linkNext(request, reply, page);
    void reply.header('vary', 'accept-language');
    const items = page.items.map(({ code, version, words, kind, entry, identity, content, stages }) => ({
      ...{ code, version, name: words[language], kind, entry, identity, content },
      cost: { amount: 0, currency: 'IDR', words: 'Rp 0' } as const,
      stages: stages.map(({ tier, time }) => ({ tier, time })),
    }));
    return { ...page, items };
  }

  /** One standard with everything it promises and asks, in its last edition. */
  @Get('standards/:code')
  @ApiOperation({ summary: 'One standard with everything it promises and asks' })
  @Public()
  @ApiOkResponse({ type: StandardDto })
  one(@Param('code') code: string): StandardDto {
    const found = latestStandards(this.reference.snapshot()).find((standard) => standard.code === code);
    if (found === undefined) throw new Problem('NOT_FOUND', 'no such standard');
    return found;
  }

  /** Publishes a catalogue: all of it or nothing, and of it only what is new. */
  @Post('internal/catalogue')
  @HttpCode(200)
  @Needs('standard.publish')
  @ApiExcludeEndpoint()
  publish(@Body() bundle: Bundle, @Ctx() context: RequestContext): Promise<Published> {
    return this.commands.execute(new PublishCatalogue(bundle, context));
  }

  /** What publishing would change; nothing is published. */
  @Post('internal/catalogue/diff')
  @HttpCode(200)
  @Needs('standard.publish')
  @ApiExcludeEndpoint()
  compare(@Body() bundle: Bundle): Promise<Differences> {
    return this.queries.execute(new CompareCatalogue(bundle));
  }
}
