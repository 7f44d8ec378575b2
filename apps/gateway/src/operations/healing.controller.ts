import { contexts } from '@garda/contracts';
import { closedTopic, Needs, partitionCount, WithoutLog } from '@garda/service';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { CallerOf } from '../commands/caller';
import type { Caller } from '../commands/forward';
import { Fleet } from './fleet';
import { ServiceRefusedFilter } from './service-refused.filter';

const service = z.enum(contexts);
class ServiceBody extends createZodDto(z.object({ service })) {}
class RewindBody extends createZodDto(
  z.object({ service, topic: z.string().min(1).max(120), position: z.string().regex(/^\d{1,18}$/) }),
) {}
class TopicBody extends createZodDto(z.object({ service, topic: z.string().min(1).max(120) })) {}
class ClosedBody extends createZodDto(closedTopic) {}
class OpenBody extends createZodDto(closedTopic.extend({ service, partitions: partitionCount.optional() })) {}
class ActBody extends createZodDto(
  z.object({ service, projection: z.string().min(1).max(60), action: z.string().min(1).max(20) }),
) {}
class WorkParams extends createZodDto(z.object({ service, id: z.uuid() })) {}

/** Healing commands go to the service concerned: it has the right to its own log and nobody else has. */
@ApiTags('operations')
@WithoutLog()
@UseFilters(ServiceRefusedFilter)
@Controller('operations')
export class HealingController {
  constructor(@Inject(Fleet) private readonly fleet: Fleet) {}

  /** Walk the logs of a service and their topics. Answers the work that was begun. */
  @Post('log/verify')
  @HttpCode(202)
  @Needs('log.verify')
  verify(@Body() body: ServiceBody, @CallerOf() caller: Caller) {
    return this.fleet.heal(body.service, 'log/verify', { verb: 'log.verify' }, caller);
  }

  /** Take facts that a log lost back from its topic. Answers the work that was begun. */
  @Post('log/adopt')
  @HttpCode(202)
  @Needs('log.adopt')
  adopt(@Body() body: ServiceBody, @CallerOf() caller: Caller) {
    return this.fleet.heal(body.service, 'log/adopt', { verb: 'log.adopt' }, caller);
  }

  /** Send a topic again from a position on; consumers drop the repeats. */
  @Post('relay/rewind')
  @HttpCode(200)
  @Needs('relay.rewind')
  rewind(@Body() body: RewindBody, @CallerOf() caller: Caller) {
    const { service: of, ...what } = body;
    return this.fleet.heal(of, 'relay/rewind', { verb: 'relay.rewind', body: what }, caller);
  }

  /** Fill a topic that was lost and made again, empty: consumers of every service first, then the one that fills it. */
  @Post('topic/renew')
  @HttpCode(200)
  @Needs('topic.renew')
  renew(@Body() body: TopicBody, @CallerOf() caller: Caller) {
    return this.fleet.renew(body.service, body.topic, caller);
  }

  /** Carry nothing more into a topic. Answers the work that was begun; its result says where the topic ends. */
  @Post('topic/close')
  @HttpCode(202)
  @Needs('topic.renew')
  close(@Body() { service: of, topic }: TopicBody, @CallerOf() caller: Caller) {
    return this.fleet.heal(of, 'topic/close', { verb: 'topic.renew', body: { topic } }, caller);
  }

  /** What consumers of all services have still to do with a closed topic; empty when nothing. */
  @Post('topic/behind')
  @HttpCode(200)
  @Needs('topic.renew')
  behind(@Body() closed: ClosedBody, @CallerOf() caller: Caller) {
    return this.fleet.behind(closed, caller);
  }

  /** Go on filling a closed topic; with `partitions`, one that was made again, empty, with so many. */
  @Post('topic/open')
  @HttpCode(200)
  @Needs('topic.renew')
  open(@Body() { service: of, partitions, ...closed }: OpenBody, @CallerOf() caller: Caller) {
    return this.fleet.open(of, closed, partitions, caller);
  }

  /** Every build of every projection over a service's own log. */
  @Get('projections')
  @Needs('projections.manage')
  projections(@CallerOf() caller: Caller) {
    return this.fleet.projections(caller);
  }

  /** Rebuild, pause, resume, abandon, compare, switch, drop. */
  @Post('projections')
  @HttpCode(200)
  @Needs('projections.manage')
  act(@Body() body: ActBody, @CallerOf() caller: Caller) {
    const { service: of, ...what } = body;
    return this.fleet.heal(of, 'projections', { verb: 'projections.manage', body: what }, caller);
  }

  /** How far work of a service is. */
  @Get('work/:service/:id')
  @Needs('log.verify')
  work(@Param() { service: of, id }: WorkParams, @CallerOf() caller: Caller) {
    return this.fleet.work(of, id, caller);
  }
}
