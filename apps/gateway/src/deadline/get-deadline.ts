import { explainDeadline, toldExplained } from '@garda/domain';
import { Problem } from '@garda/service';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { CaseFiles } from '../case-file/case-files';
import { Reference } from '../reference';
import { Judge } from '../rights/judge';
import type { Principal } from '../rights/may-do';
import type { DeadlineBody } from './deadline.body';

export class GetDeadline extends Query<DeadlineBody> {
  constructor(
    /** Case id, or public number. */
    readonly idOrNumber: string,
    readonly who: Principal,
  ) {
    super();
  }
}

/** From routing's section of the case file: the same state and the same rule by which its clocks run. */
@QueryHandler(GetDeadline)
export class GetDeadlineHandler implements IQueryHandler<GetDeadline> {
  constructor(
    private readonly files: CaseFiles,
    private readonly judge: Judge,
    private readonly reference: Reference,
  ) {}

  async execute({ idOrNumber, who }: GetDeadline): Promise<DeadlineBody> {
    const row = await this.files.find(idOrNumber);
    this.judge.demandOn('case.read', who, row);
    const explained = await this.reference.withEdition(() =>
      explainDeadline(row.routingState ?? { status: 'none' }, this.reference.catalogue),
    );
    if (explained === undefined)
      throw new Problem('NOT_FOUND', 'what routing says of this case has not arrived here yet');
    const { calendar, stopped, total, stage } = explained;
    return {
      ...{ calendar, stopped, total: toldExplained(total) },
      ...(stage === null ? {} : { stage: toldExplained(stage) }),
    };
  }
}
