import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { WithoutLog } from './command-gate';
import { Needs } from './guards';
import { Operations } from './operations';
import { Ctx, type RequestContext } from './request-context';

class RetryBody extends createZodDto(
  z.object({
    consumer: z.string().min(1).max(120),
    topic: z.string().min(1).max(120),
    key: z.string().min(1).max(120),
  }),
) {}
/** Said by whoever skips; kept for ever, so it names no citizen. */
const reason = z.string().trim().min(10).max(500);
class SkipBody extends createZodDto(RetryBody.schema.extend({ reason })) {}
class TopicBody extends createZodDto(z.object({ topic: z.string().min(1).max(120) })) {}
/** Where a closed topic ends, as closing it has answered. */
export const closedTopic = z.object({
  topic: z.string().min(1).max(120),
  generation: z.number().int().min(1).max(1_000_000),
  position: z.string().regex(/^\d{1,18}$/),
  seqs: z
    .array(z.string().regex(/^\d{1,19}$/))
    .min(1)
    .max(10_000),
});
export const partitionCount = z.number().int().min(1).max(10_000);
class ClosedBody extends createZodDto(closedTopic) {}
class RenumberBody extends createZodDto(closedTopic.extend({ partitions: partitionCount })) {}
class ClockBody extends createZodDto(z.object({ to: z.iso.datetime({ offset: true }) })) {}

/** For the operator, through the gateway. None of these appends a fact. */
@ApiTags('operations')
@WithoutLog()
@Controller('operations')
export class OperationsController {
  constructor(@Inject(Operations) private readonly operations: Operations) {}

  /** How far log, relay, consumers and projections are. */
  @Get('progress')
  @Needs('streams.retry')
  progress() {
    return this.operations.progress();
  }

  /** Keys whose records are held, oldest first, and records that were skipped, latest first. */
  @Get('streams')
  @Needs('streams.retry')
  async streams() {
    const [parked, skipped] = await Promise.all([this.operations.parked(), this.operations.skipped()]);
    return { parked, skipped };
  }

  /** Try the records of a held key again, in order. */
  @Post('streams/retry')
  @HttpCode(202)
  @Needs('streams.retry')
  async retry(@Body() body: RetryBody): Promise<{ asked: true }> {
    await this.operations.retry(body);
    return { asked: true };
  }

  /** Take the first record of a held key away unapplied, with a reason. The rest of the key goes on. */
  @Post('streams/skip')
  @HttpCode(200)
  @Needs('streams.skip')
  skip(@Body() body: SkipBody, @Ctx() { actor }: RequestContext) {
    return this.operations.skip(body, actor);
  }

  /** Let every consumer here read a topic from its beginning: it was lost and is filled again. */
  @Post('topic/reread')
  @HttpCode(200)
  @Needs('topic.renew')
  reread(@Body() { topic }: TopicBody) {
    return this.operations.reread(topic);
  }

  /** What consumers here have still to do with a closed topic; empty when nothing. */
  @Post('topic/behind')
  @HttpCode(200)
  @Needs('topic.renew')
  behind(@Body() closed: ClosedBody) {
    return this.operations.behind(closed);
  }

  /** Let every consumer here read a closed topic from its beginning, numbered anew for this many partitions. */
  @Post('topic/renumber')
  @HttpCode(200)
  @Needs('topic.renew')
  renumber(@Body() { partitions, ...closed }: RenumberBody) {
    return this.operations.renumber(closed, partitions);
  }

  /** Move the case clock forward. Demo and test only. */
  @Post('clock')
  @HttpCode(200)
  @Needs('clock.move')
  clock(@Body() body: ClockBody) {
    return this.operations.moveClock(body.to);
  }

  /** SHA-256 over the folded states of all cases, at a stated position of the log. */
  @Get('digest')
  @Needs('digest.read')
  digest() {
    return this.operations.digest();
  }
}
