import { explainedDue } from '@garda/contracts';
import { Ctx, Needs, type RequestContext } from '@garda/service';
import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { whoOf } from '../rights/judge';
import { GetDeadline } from './get-deadline';

export const deadlineBody = z.object({
  calendar: z.string().describe('The edition by which it is counted, pinned when the case came in'),
  stopped: z.boolean().describe('The citizen is waited for: due dates are the latest possible ones'),
  total: explainedDue,
  stage: explainedDue.optional().describe('Of the present stage, while a unit has it'),
});
export type DeadlineBody = z.infer<typeof deadlineBody>;
class DeadlineDto extends createZodDto(deadlineBody) {}

/** Why a case is due when it is. */
@ApiTags('cases')
@Controller('cases/:caseId')
export class DeadlineController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get('deadline')
  @Needs('case.read')
  @ApiOperation({ summary: 'Why the case is due when it is: each start, term, day off and stop that led to the date' })
  @ApiParam({ name: 'caseId', description: 'Case id, or public number' })
  @ApiOkResponse({ type: DeadlineDto })
  @Header('cache-control', 'private, no-store')
  deadline(@Param('caseId') id: string, @Ctx() context: RequestContext): Promise<DeadlineBody> {
    return this.queries.execute(new GetDeadline(id, whoOf(context)));
  }
}
