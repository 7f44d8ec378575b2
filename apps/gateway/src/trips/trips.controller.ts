import { tripRecord } from '@garda/contracts';
import { Creates, Needs } from '@garda/service';
import { Body, Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { passOn } from '../commands/answer';
import { CallerOf } from '../commands/caller';
import type { Caller } from '../commands/forward';
import { ServiceClient, type ServiceAnswer } from '../services/service-client';

class TripRecordBody extends createZodDto(tripRecord) {}

/** Errands with papers: charged to the unit's own budget, approved by a head, never paid by a citizen. */
@ApiTags('trips')
@Controller('trips')
export class TripsController {
  constructor(@Inject(ServiceClient) private readonly services: ServiceClient) {}

  /** Put an errand of one's own unit on record. Answers its id. */
  @Post()
  @HttpCode(201)
  @Needs('trip.record')
  @Creates()
  @ApiBody({ type: TripRecordBody })
  async record(@Body() body: unknown, @CallerOf() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply) {
    return passOn(reply, await this.send('/internal/trips', 'trip.record', body, caller));
  }

  /** Approve an errand of the unit, or of a village of the district; never one's own. */
  @Post(':tripId/approve')
  @HttpCode(200)
  @Needs('trip.approve')
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  async approve(
    @Param('tripId', ParseUUIDPipe) tripId: string,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return passOn(reply, await this.send(`/internal/trips/${tripId}/approve`, 'trip.approve', {}, caller));
  }

  private send(path: string, verb: string, body: unknown, caller: Caller): Promise<ServiceAnswer> {
    const { actor, roles } = caller.principal;
    const claims = { actor, roles: [...roles], verb };
    const { trace, headers } = caller;
    return this.services.send({ service: 'resolution', method: 'POST', path, claims, trace, headers, body });
  }
}
