import { Controller, Get, Header, Headers, Inject, Param } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refusal, type IntakeData } from '@garda/contracts';
import { explainTold } from '@garda/domain';
import { languageOf, Public } from '@garda/service';
import { createZodDto } from 'nestjs-zod';
import { CaseStreams } from '../cases/case-streams';
import type { IntakeConfig } from '../config';
import { CONFIG } from '../tokens';
import { CodeHolder } from './code-holder';
import { deadlineOf, deadlineSchema, type CitizenDeadline } from './deadline';

class DeadlineDto extends createZodDto(deadlineSchema) {}

/** Why the case is due when it is, for whoever holds the tracking code; from what he was told. It tells no news. */
@ApiTags('citizen')
@Public()
@ApiHeader({ name: 'Tracking-Code', required: true, description: '16 digits in groups of four' })
@Controller('cases/:number')
export class DeadlineController {
  constructor(
    @Inject(CaseStreams) private readonly streams: CaseStreams,
    @Inject(CodeHolder) private readonly holder: CodeHolder,
    @Inject(CONFIG) private readonly config: IntakeConfig,
  ) {}

  @Get('deadline')
  @ApiOperation({ summary: 'Why the case is due when it is: each start, term, day off and stop that led to the date' })
  @ApiOkResponse({ type: DeadlineDto })
  @Header('cache-control', 'no-store')
  async deadline(
    @Param('number') number: string,
    @Headers('tracking-code') code: string | undefined,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<CitizenDeadline> {
    const { caseId, line } = await this.holder.caseOf(number, code);
    const cases = this.streams[line];
    const events = await cases.events(caseId);
    const explained = await cases.withReference(async () => explainTold(events, await cases.catalogue()));
    if (explained === undefined) throw new Refusal('CASE_NOT_FOUND', 'the index names a case without a stream');
    const { calendar } = (events[0]?.data as IntakeData<'CaseSubmitted'>).terms;
    return deadlineOf({ explained, calendar, zone: this.config.GARDA_ZONE, language: languageOf(languages) });
  }
}
