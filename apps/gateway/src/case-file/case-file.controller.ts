import { createHash } from 'node:crypto';
import { canonicalJson } from '@garda/contracts';
import { Ctx, Needs, type RequestContext } from '@garda/service';
import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { whoOf } from '../rights/judge';
import { caseFileBody, type CaseFileBody } from './case-file.body';
import { GetCase } from './get-case';

export class CaseFileDto extends createZodDto(caseFileBody) {}
class NumberQuery extends createZodDto(z.object({ number: z.string().min(1).max(40) })) {}

/** Its ETag covers what this person may see, and is for caching only. */
export function unlessKnown(
  file: CaseFileBody,
  known: string | undefined,
  reply: FastifyReply,
): CaseFileBody | undefined {
  const etag = `"${createHash('sha256').update(canonicalJson(file)).digest('base64url').slice(0, 27)}"`;
  void reply.header('etag', etag).header('cache-control', 'private, no-cache');
  if (known !== etag) return file;
  void reply.status(304);
  return undefined;
}

@ApiTags('cases')
@Controller('cases')
export class CaseFileController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /** The case file, by case id or public number. Its ETag covers what this person may see and is for caching only. */
  @Get(':caseId')
  @Needs('case.read')
  @ApiParam({ name: 'caseId', description: 'Case id, or public number' })
  @ApiOkResponse({ type: CaseFileDto })
  async byId(
    @Param('caseId') id: string,
    @Ctx() context: RequestContext,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseFileBody | undefined> {
    const file = await this.queries.execute(new GetCase(id, whoOf(context)));
    return unlessKnown(file, known, reply);
  }

  /** The case file by public number, as a list of one. */
  @Get()
  @Needs('case.read')
  async byNumber(@Query() { number }: NumberQuery, @Ctx() context: RequestContext): Promise<{ items: CaseFileBody[] }> {
    return { items: [await this.queries.execute(new GetCase(number, whoOf(context)))] };
  }
}
