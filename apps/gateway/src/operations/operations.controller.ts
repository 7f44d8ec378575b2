import { contexts } from '@garda/contracts';
import { Needs, WithoutLog } from '@garda/service';
import { Body, Controller, Get, HttpCode, Inject, Post, Res, UseFilters } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { passOn } from '../commands/answer';
import { CallerOf } from '../commands/caller';
import type { Caller } from '../commands/forward';
import { ServiceClient } from '../services/service-client';
import { Fleet, signedFor } from './fleet';
import { ServiceRefusedFilter } from './service-refused.filter';

const name = z.string().min(1).max(120);
class RetryBody extends createZodDto(
  z.object({ service: z.enum([...contexts, 'gateway']), consumer: name, topic: name, key: name }),
) {}
class SkipBody extends createZodDto(RetryBody.schema.extend({ reason: z.string().trim().min(10).max(500) })) {}
class ClockBody extends createZodDto(z.object({ to: z.iso.datetime({ offset: true }) })) {}

/** For operators and the programs `operations` and `setup`: all services together. */
@ApiTags('operations')
@WithoutLog()
@UseFilters(ServiceRefusedFilter)
@Controller('operations')
export class FleetController {
  constructor(
    @Inject(Fleet) private readonly fleet: Fleet,
    @Inject(ServiceClient) private readonly services: ServiceClient,
  ) {}

  /** How far every log, relay, consumer and projection is. */
  @Get('progress')
  @Needs('streams.retry')
  progress(@CallerOf() caller: Caller) {
    return this.fleet.progress(caller);
  }

  /** Keys that are held back, of all services. */
  @Get('streams')
  @Needs('streams.retry')
  streams(@CallerOf() caller: Caller) {
    return this.fleet.streams(caller);
  }

  /** Try the records of a held key again, in order. */
  @Post('streams/retry')
  @HttpCode(202)
  @Needs('streams.retry')
  retry(@Body() body: RetryBody, @CallerOf() caller: Caller) {
    return this.fleet.retry(body, caller);
  }

  /** Take the first record of a held key away unapplied, with a reason that stays on record. */
  @Post('streams/skip')
  @HttpCode(200)
  @Needs('streams.skip')
  skip(@Body() body: SkipBody, @CallerOf() caller: Caller) {
    return this.fleet.skip(body, caller);
  }

  /** SHA-256 over the live case states of each service, at a stated position. */
  @Get('digest')
  @Needs('digest.read')
  digest(@CallerOf() caller: Caller) {
    return this.fleet.digest(caller);
  }

  /** Move all case clocks forward to one instant. Demo and test only. */
  @Post('clock')
  @HttpCode(200)
  @Needs('clock.move')
  clock(@Body() { to }: ClockBody, @CallerOf() caller: Caller) {
    return this.fleet.moveClock(to, caller);
  }

  /** Make a key for Open311 clients: shown once, kept as a hash. */
  @Post('apikeys')
  @HttpCode(201)
  @Needs('apikey.manage')
  @ApiBody({ schema: { type: 'object' } })
  async apiKey(
    @Body() body: unknown,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const request = { service: 'intake', method: 'POST', path: '/operations/apikeys', body: body ?? {} } as const;
    return passOn(reply, await this.services.send({ ...request, ...signedFor('apikey.manage', caller) }));
  }
}
