import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { WithoutLog } from './command-gate';
import { Needs } from './guards';
import { Healing } from './healing';

class TopicBody extends createZodDto(z.object({ topic: z.string().min(1).max(120) })) {}
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

  /** How far work is that was begun by another request. */
  @Get('work/:id')
  @Needs('log.verify')
  work(@Param('id', ParseUUIDPipe) id: string) {
    return this.healing.work(id);
  }
}
