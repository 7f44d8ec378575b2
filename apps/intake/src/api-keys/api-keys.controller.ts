import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Ctx, Needs, WithoutLog, type RequestContext } from '@garda/service';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { ApiKeys, type NewApiKey } from './api-keys';

class ApiKeyBody extends createZodDto(z.object({ name: z.string().trim().min(1).max(120) })) {}

@ApiExcludeController()
@WithoutLog()
@Controller('operations/apikeys')
export class ApiKeysController {
  constructor(@Inject(ApiKeys) private readonly keys: ApiKeys) {}

  /** A new key for an Open311 client. It is shown once and kept as a hash. */
  @Post()
  @Needs('apikey.manage')
  create(@Body() { name }: ApiKeyBody, @Ctx() { actor }: RequestContext): Promise<NewApiKey> {
    return this.keys.create(name, actor.kind === 'citizen' ? 'citizen' : actor.id);
  }
}
