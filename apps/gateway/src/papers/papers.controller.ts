import { staffCommands } from '@garda/contracts';
import { Needs } from '@garda/service';
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { CallerOf } from '../commands/caller';
import { AcknowledgeBatch, type BatchAnswer } from './acknowledge-batch';

const item = z.string().trim().min(1).max(120);
const batch = z.object({
  cases: z
    .array(
      z.object({
        caseId: z.uuid(),
        items: z.array(item).max(40),
        missing: z.array(item).max(40).default([]),
      }),
    )
    .min(1)
    .max(100)
    .refine((cases) => new Set(cases.map(({ caseId }) => caseId)).size === cases.length, 'each case once'),
});
class BatchBody extends createZodDto(batch) {}

const answers = z.object({
  results: z.array(
    z.object({
      caseId: z.uuid(),
      status: z.number().int().describe('As the command on the one case would have answered'),
      code: z.string().optional().describe('Why not'),
    }),
  ),
});
class BatchAnswers extends createZodDto(answers) {}

/** A trip brings the papers of many cases at once. */
@ApiTags('papers')
@Controller('papers')
export class PapersController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  /** Acknowledge papers of many cases; each is judged and answered by itself, and a repetition under the key repeats each. */
  @Post('acknowledge')
  @HttpCode(200)
  @Needs(staffCommands['acknowledge-papers'].verb)
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiOkResponse({ type: BatchAnswers })
  async acknowledge(@Body() body: BatchBody, @CallerOf() caller: AcknowledgeBatch['caller']): Promise<BatchAnswer> {
    return this.commands.execute(new AcknowledgeBatch(body.cases, caller));
  }
}
