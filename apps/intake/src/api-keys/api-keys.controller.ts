import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Ctx, Needs, WithoutLog, type RequestContext } from '@garda/service';
import { EventLog } from '@garda/event-store';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { refuseLateSetup } from '../setup';
import { ApiKeys, type NewApiKey } from './api-keys';

class ApiKeyBody extends createZodDto(z.object({ name: z.string().trim().min(1).max(120) })) {}

@ApiExcludeController()
@WithoutLog()
@Controller('operations/apikeys')
export class ApiKeysController {
  constructor(
    @Inject(ApiKeys) private readonly keys: ApiKeys,
    @Inject(EventLog) private readonly log: EventLog,
  ) {}

  /** A new key for an Open311 client. It is shown once and kept as a hash. The program `setup` may, until the log begins. */
  @Post()
  @Needs('apikey.manage')
  async create(@Body() { name }: ApiKeyBody, @Ctx() { actor }: RequestContext): Promise<NewApiKey> {
    await refuseLateSetup(this.log, actor);
    return this.keys.create(name, actor.kind === 'citizen' ? 'citizen' : actor.id);
  }
}
