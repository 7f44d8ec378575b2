import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Refusal } from '@garda/contracts';
import { Vault } from '@garda/personal-data';
import type { Language, RequestContext } from '@garda/service';
import { CaseStreams, type CaseRef } from '../cases/case-streams';
import { openAll, sealedPartsOf, textOf } from '../cases/sealed-parts';
import { NewsTeller } from '../notification/news-teller';
import { pageOf } from './page';
import type { CitizenPage } from './page-schema';

/** The citizen's page. Reading it tells him the news (rule 12), so it is a question with a consequence. */
export class ReadCase extends Query<CitizenPage> {
  constructor(
    readonly of: CaseRef,
    readonly language: Language,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(ReadCase)
export class ReadCaseHandler implements IQueryHandler<ReadCase> {
  constructor(
    @Inject(CaseStreams) private readonly streams: CaseStreams,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(NewsTeller) private readonly teller: NewsTeller,
  ) {}

  async execute({ of, language, context }: ReadCase): Promise<CitizenPage> {
    const { caseId, line } = of;
    const cases = this.streams[line];
    const { events, state, now } = await cases.read(caseId);
    if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'the index names a case without a stream');
    const opened = await openAll(this.vault, caseId, sealedPartsOf(events));
    const texts = new Map(opened.map(({ boundTo, content }) => [boundTo, textOf(content)]));
    const page = pageOf({ state, events, texts, catalogue: await cases.catalogue(), language, now });
    await this.teller.shownOnPage(of, state, context);
    return page;
  }
}
