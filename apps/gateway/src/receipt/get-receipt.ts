import type { Catalogue } from '@garda/domain';
import { printedReceiptOf, type PrintedReceipt } from '@garda/printing';
import { Problem } from '@garda/service';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { CaseFiles } from '../case-file/case-files';
import type { CaseFileRow } from '../case-file/entities';
import { Judge } from '../rights/judge';
import type { Principal } from '../rights/may-do';

/** What a receipt needs besides the case: the catalogue as it is published now, and how the public reaches intake. */
export abstract class ReceiptSetting {
  abstract readonly catalogue: Catalogue;
  abstract readonly publicUrl: string;
  abstract readonly zone: string;
}

export class GetReceipt extends Query<PrintedReceipt> {
  constructor(
    /** Case id, or public number. */
    readonly idOrNumber: string,
    readonly who: Principal,
  ) {
    super();
  }
}

/** The receipt that the citizen was given, from the case file. */
@QueryHandler(GetReceipt)
export class GetReceiptHandler implements IQueryHandler<GetReceipt> {
  constructor(
    private readonly files: CaseFiles,
    private readonly judge: Judge,
    private readonly setting: ReceiptSetting,
  ) {}

  async execute({ idOrNumber, who }: GetReceipt): Promise<PrintedReceipt> {
    const row = await this.files.find(idOrNumber);
    this.judge.demandOn('case.read', who, row);
    const { intakeState: state } = row;
    if (state === null || state.status === 'none')
      throw new Problem('NOT_FOUND', 'what was handed in has not arrived here yet');
    const { catalogue, publicUrl, zone } = this.setting;
    return printedReceiptOf({ state, papers: papersOf(row), catalogue, publicUrl, zone });
  }
}

function papersOf({ resolutionState: state }: CaseFileRow): readonly string[] {
  return state === null || state.status === 'none' ? [] : state.papers.map(({ item }) => item);
}
