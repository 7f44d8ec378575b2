import { standInNaming } from '@garda/contracts';
import { Creates, Ctx, Needs, requestHash, type RequestContext } from '@garda/service';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import type { IntakeConfig } from '../config';
import { CONFIG } from '../tokens';
import { StandInNames, type NamingAnswer } from './stand-ins';

class NamingBody extends createZodDto(standInNaming) {}

/** Stand-ins, through the gateway: they belong to no case. */
@ApiExcludeController()
@Controller('internal/officers/:officer/stand-in')
export class StandInsController {
  constructor(
    @Inject(StandInNames) private readonly names: StandInNames,
    @Inject(CONFIG) private readonly config: IntakeConfig,
  ) {}

  @Post()
  @HttpCode(200)
  @Needs('standin.name')
  @Creates()
  name(
    @Param('officer') officer: string,
    @Body() body: NamingBody,
    @Ctx() context: RequestContext,
  ): Promise<NamingAnswer> {
    const hash = requestHash(this.config.GARDA_REQUEST_HASH_KEY, context.route, body);
    return this.names.name(officer, body, { context, requestHash: hash });
  }
}
