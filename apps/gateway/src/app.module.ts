import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { lineNames } from '@garda/contracts';
import { CaseFileController } from './case-file/case-file.controller';
import { CaseFiles, LevyFiles } from './case-file/case-files';
import { GetCaseHandler } from './case-file/get-case';
import { CatalogueController } from './catalogue/catalogue.controller';
import { FileCaseHandler } from './commands/file-case';
import { ForwardHandler } from './commands/forward';
import { FilingController, LevyFilingController, staffCommandsController } from './commands/staff-commands.controller';
import { DeclaredController } from './declared/declared.controller';
import { DeclaredSource, GetDeclaredHandler, ListDeclaredHandler } from './declared/get-declared';
import { GetInboxHandler } from './inbox/get-inbox';
import { Inbox } from './inbox/inbox';
import { InboxController } from './inbox/inbox.controller';
import { DeadlineController } from './deadline/deadline.controller';
import { GetDeadlineHandler } from './deadline/get-deadline';
import { Fleet } from './operations/fleet';
import { HealingController } from './operations/healing.controller';
import { FleetController } from './operations/operations.controller';
import { GetLevyFileHandler, GetLevyInboxHandler } from './levy/get-levy';
import { LevyController } from './levy/levy.controller';
import { AcknowledgeBatchHandler } from './papers/acknowledge-batch';
import { PapersController } from './papers/papers.controller';
import { GetReceiptHandler, ReceiptSetting } from './receipt/get-receipt';
import { ReceiptController } from './receipt/receipt.controller';
import { ReportCounts } from './reports/counts';
import { GetErrandsHandler, GetMonthSheetHandler, ReportScope, type ReportSetting } from './reports/get-report';
import { ReportsController } from './reports/reports.controller';
import { Reference } from './reference';
import { Judge } from './rights/judge';
import { ServiceClient } from './services/service-client';
import { TripsController } from './trips/trips.controller';

import { ReassignAllHandler } from './officers/reassign-all';
import { OfficersController } from './officers/officers.controller';
import { SlipsController } from './slips/slips.controller';

/** What the handlers work with, made once by `gatewayService`. */
export interface GatewayParts {
  readonly files: CaseFiles;
  readonly levyFiles: LevyFiles;
  readonly inbox: Inbox;
  readonly judge: Judge;
  readonly reference: Reference;
  readonly services: ServiceClient;
  readonly fleet: Fleet;
  /** For receipts and reports. */
  readonly setting: ReceiptSetting & ReportSetting;
  readonly counts: ReportCounts;
}

const handlers = [
  ForwardHandler,
  FileCaseHandler,
  GetCaseHandler,
  GetInboxHandler,
  GetLevyInboxHandler,
  GetLevyFileHandler,
  AcknowledgeBatchHandler,
  ReassignAllHandler,
  GetDeadlineHandler,
  GetReceiptHandler,
  GetErrandsHandler,
  GetMonthSheetHandler,
  ListDeclaredHandler,
  GetDeclaredHandler,
];

const controllers = [
  InboxController,
  FilingController,
  LevyController,
  LevyFilingController,
  SlipsController,
  ...lineNames.map((line) => staffCommandsController(line)),
  CaseFileController,
  DeadlineController,
  ReceiptController,
  ReportsController,
  CatalogueController,
  FleetController,
  HealingController,
  PapersController,
  TripsController,
  OfficersController,
  DeclaredController,
];

@Module({})
export class AppModule {
  static of({
    files,
    levyFiles,
    inbox,
    judge,
    reference,
    services,
    fleet,
    setting,
    counts,
  }: GatewayParts): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers,
      providers: [
        ...handlers,
        { provide: CaseFiles, useValue: files },
        { provide: LevyFiles, useValue: levyFiles },
        { provide: Inbox, useValue: inbox },
        { provide: Judge, useValue: judge },
        { provide: Reference, useValue: reference },
        { provide: ServiceClient, useValue: services },
        { provide: Fleet, useValue: fleet },
        { provide: ReceiptSetting, useValue: setting },
        { provide: ReportScope, useValue: new ReportScope(judge, setting) },
        { provide: ReportCounts, useValue: counts },
        { provide: DeclaredSource, useValue: new DeclaredSource(files, judge, services) },
      ],
    };
  }
}
