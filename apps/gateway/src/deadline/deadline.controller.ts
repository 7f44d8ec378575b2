import { Ctx, Needs, type RequestContext } from '@garda/service';
import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { whoOf } from '../rights/judge';
import { deadlineBody, type DeadlineBody } from './deadline.body';
import { GetDeadline } from './get-deadline';

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
