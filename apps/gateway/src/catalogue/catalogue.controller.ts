import { catalogueBundle } from '@garda/contracts';
import { Needs } from '@garda/service';
import { Body, Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { passOn } from '../commands/answer';
import { CallerOf } from '../commands/caller';
import type { Caller } from '../commands/forward';
import { signedFor } from '../operations/fleet';
import { ServiceClient } from '../services/service-client';

class CatalogueBundleBody extends createZodDto(catalogueBundle) {}

@ApiTags('catalogue')
@Controller('catalogue')
export class CatalogueController {
  constructor(@Inject(ServiceClient) private readonly services: ServiceClient) {}

  /** Publish units, calendars, policy and standards: new editions only, running cases keep the terms they have. */
  @Post()
  @HttpCode(200)
  @Needs('standard.publish')
  @ApiBody({ type: CatalogueBundleBody })
  async publish(
    @Body() body: unknown,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.send('/internal/catalogue', { body, caller, reply });
  }

  /** What publishing would change against what is published: new, the next edition and its fields, ended, or refused. */
  @Post('diff')
  @HttpCode(200)
  @Needs('standard.publish')
  @ApiBody({ type: CatalogueBundleBody })
  async diff(
    @Body() body: unknown,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.send('/internal/catalogue/diff', { body, caller, reply });
  }

  private async send(
    path: string,
    { body, caller, reply }: { body: unknown; caller: Caller; reply: FastifyReply },
  ): Promise<string> {
    const request = { service: 'intake', method: 'POST', path, body: body ?? {} } as const;
    return passOn(reply, await this.services.send({ ...request, ...signedFor('standard.publish', caller) }));
  }
}
