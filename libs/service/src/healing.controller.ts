import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { WithoutLog } from './command-gate';
import { Needs } from './guards';
import { Healing } from './healing';
import { partitionCount } from './operations.controller';

class TopicBody extends createZodDto(z.object({ topic: z.string().min(1).max(120) })) {}
class MadeAgainBody extends createZodDto(TopicBody.schema.extend({ partitions: partitionCount })) {}
class OpenBody extends createZodDto(TopicBody.schema.extend({ partitions: partitionCount.optional() })) {}
class RewindBody extends createZodDto(
  z.object({
    topic: z.string().min(1).max(120),
    position: z.string().regex(/^\d{1,18}$/, 'must be a position of the log'),
  }),
) {}

/** For the operator, through the gateway: also while the service refuses commands. */
@ApiTags('operations')
@WithoutLog()
@Controller('operations')
export class HealingController {
  constructor(@Inject(Healing) private readonly healing: Healing) {}

  /** Walk the logs and their topics; the first wrong position is in the result of the work. */
  @Post('log/verify')
  @HttpCode(202)
  @Needs('log.verify')
  verify() {
    return this.healing.verify();
  }

  /** Take facts that the log lost back from its topic. */
  @Post('log/adopt')
  @HttpCode(202)
  @Needs('log.adopt')
  adopt() {
    return this.healing.adopt();
  }

  /** Send a topic again from a position on. */
  @Post('relay/rewind')
  @HttpCode(200)
  @Needs('relay.rewind')
  rewind(@Body() { topic, position }: RewindBody) {
    return this.healing.rewind({ topic, position: BigInt(position) });
  }

  /** Fill a topic that was lost and made again, empty. Its consumers are told before. */
  @Post('topic/renew')
  @HttpCode(200)
  @Needs('topic.renew')
  renew(@Body() { topic }: TopicBody) {
    return this.healing.renew(topic);
  }

  /** Carry nothing more into a topic; the result of the work says where it ends. */
  @Post('topic/close')
  @HttpCode(202)
  @Needs('topic.renew')
  close(@Body() { topic }: TopicBody) {
    return this.healing.close(topic);
  }

  /** Refused unless a topic was made again, empty, with so many partitions: asked before its consumers are told. */
  @Post('topic/made-again')
  @HttpCode(200)
  @Needs('topic.renew')
  madeAgain(@Body() { topic, partitions }: MadeAgainBody) {
    return this.healing.isMadeAgain(topic, partitions);
  }

  /** Go on filling a closed topic; with `partitions` one that was made again, whose consumers were told before. */
  @Post('topic/open')
  @HttpCode(200)
  @Needs('topic.renew')
  open(@Body() { topic, partitions }: OpenBody) {
    return this.healing.open(topic, partitions);
  }

  /** How far work is that was begun by another request. */
  @Get('work/:id')
  @Needs('log.verify')
  work(@Param('id', ParseUUIDPipe) id: string) {
    return this.healing.work(id);
  }
}
