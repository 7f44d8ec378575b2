import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Projections, type ProjectionRow } from '@garda/projection';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { WithoutLog } from './command-gate';
import { Needs } from './guards';
import { Works } from './works';

/** What can be done with a projection, in the order in which it is usually done. */
export const projectionActions = ['rebuild', 'pause', 'resume', 'abandon', 'compare', 'switch', 'drop'] as const;
class ActBody extends createZodDto(
  z.object({ projection: z.string().min(1).max(60), action: z.enum(projectionActions) }),
) {}

/** For the operator, through the gateway. */
@ApiTags('operations')
@WithoutLog()
@Controller('operations/projections')
export class ProjectionsController {
  constructor(
    @Inject(Projections) private readonly projections: Projections,
    @Inject(Works) private readonly works: Works,
  ) {}

  /** Every build of every projection: name, version, position, lag, state. */
  @Get()
  @Needs('projections.manage')
  async list(): Promise<{ projections: ProjectionRow[] }> {
    return { projections: await this.projections.list() };
  }

  /** Fill a new build beside the live one, hold it, compare it, let it answer, drop what it replaced. */
  @Post()
  @HttpCode(200)
  @Needs('projections.manage')
  async act(@Body() { projection, action }: ActBody): Promise<object> {
    const rebuild = this.projections.rebuild(projection);
    switch (action) {
      case 'compare':
        // Every row of both builds is read: longer than a request may take. What it finds is the result of the work.
        return this.works.start('projections.compare', (report, signal) => rebuild.compare({ report, signal }));
      case 'rebuild':
        return rebuild.begin();
      case 'switch':
        return rebuild.switchOver();
      default:
        return rebuild[action]();
    }
  }
}
