import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Reference } from '../reference';
import { Judge } from '../rights/judge';
import type { Principal } from '../rights/may-do';
import type { CaseFileBody } from './case-file.body';
import { viewOf } from './case-file.view';
import { CaseFiles } from './case-files';
import type { CaseFileRow } from './entities';

export class GetCase extends Query<CaseFileBody> {
  constructor(
    /** Case id, or public number. */
    readonly idOrNumber: string,
    readonly who: Principal,
  ) {
    super();
  }
}

@QueryHandler(GetCase)
export class GetCaseHandler implements IQueryHandler<GetCase> {
  constructor(
    private readonly files: CaseFiles,
    private readonly judge: Judge,
    private readonly reference: Reference,
  ) {}

  async execute({ idOrNumber, who }: GetCase): Promise<CaseFileBody> {
    const row = await this.files.find(idOrNumber);
    this.judge.demandOn('case.read', who, row);
    return bodyOf(row, this.files, this.reference);
  }
}

/** The file of a case, whichever line it is on, for whoever may read it. */
export async function bodyOf(row: CaseFileRow, files: CaseFiles, reference: Reference): Promise<CaseFileBody> {
  const [timeline, behindSince] = await Promise.all([files.timeline(row.caseId), files.behindSince(row.caseId)]);
  return reference.withEdition(() => viewOf(row, timeline, { behindSince, catalogue: reference.catalogue }));
}
