import { Refusal } from '@garda/contracts';
import type { Catalogue } from '@garda/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readingScope } from '../inbox/scope';
import { Judge } from '../rights/judge';
import type { Principal } from '../rights/may-do';
import { ReportCounts, type Asked } from './counts';
import type { ErrandsReport, MonthSheet, ReportQuery } from './report.body';
import { errandsOf, sheetOf, type Frame } from './sheet';

/** Names of units as they are published now, and the zone whose months are meant. */
export abstract class ReportSetting {
  abstract readonly catalogue: Catalogue;
  abstract readonly zone: string;
}

export class GetErrands extends Query<ErrandsReport> {
  constructor(
    readonly who: Principal,
    readonly ask: ReportQuery,
  ) {
    super();
  }
}

export class GetMonthSheet extends Query<MonthSheet> {
  constructor(
    readonly who: Principal,
    readonly ask: ReportQuery,
  ) {
    super();
  }
}

/** Whose units a reader's report has: the one he asks for and those below it, as far as his right goes. */
export class ReportScope {
  constructor(
    private readonly judge: Judge,
    private readonly setting: ReportSetting,
  ) {}

  /** @throws Refusal UNIT_UNKNOWN, RightRefused */
  of(who: Principal, { unit, month }: ReportQuery): { frame: Frame; asked: Asked } {
    const { catalogue, zone } = this.setting;
    if (catalogue.unit(unit) === undefined) throw new Refusal('UNIT_UNKNOWN', `no unit ${unit}`);
    this.judge.demand('oversight.read', who, about(unit));
    const units = this.judge.units.below(unit).filter((one) => this.mayRead(who, one));
    const named = (code: string) => ({ code, name: catalogue.unit(code)?.name ?? code });
    const { never } = readingScope(who, this.judge);
    return {
      frame: { month, unit: named(unit), units: units.sort().map(named) },
      asked: { units, month, zone, never },
    };
  }

  private mayRead(who: Principal, unit: string): boolean {
    return this.judge.verdict('oversight.read', who, about(unit)).may;
  }
}

/** A right over a unit instead of a case: it is judged as one over a case that the unit answers for. */
const about = (unit: string) => ({ responsibleUnit: unit, stageUnits: [], workedBy: [] });

@QueryHandler(GetErrands)
export class GetErrandsHandler implements IQueryHandler<GetErrands> {
  constructor(
    private readonly scope: ReportScope,
    private readonly counts: ReportCounts,
  ) {}

  async execute({ who, ask }: GetErrands): Promise<ErrandsReport> {
    const { frame, asked } = this.scope.of(who, ask);
    const [trips, saved] = await Promise.all([this.counts.trips(asked), this.counts.saved(asked)]);
    return errandsOf(frame, { trips, saved });
  }
}

@QueryHandler(GetMonthSheet)
export class GetMonthSheetHandler implements IQueryHandler<GetMonthSheet> {
  constructor(
    private readonly scope: ReportScope,
    private readonly counts: ReportCounts,
  ) {}

  async execute({ who, ask }: GetMonthSheet): Promise<MonthSheet> {
    const { frame, asked } = this.scope.of(who, ask);
    const { counts } = this;
    const [cases, papers, trips, saved] = await Promise.all([
      counts.cases(asked),
      counts.papers(asked),
      counts.trips(asked),
      counts.saved(asked),
    ]);
    return sheetOf(frame, { cases, papers, trips, saved });
  }
}
