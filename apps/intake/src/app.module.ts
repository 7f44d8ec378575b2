import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { lineNames } from '@garda/contracts';
import { StaffCommandHandler, staffCommandsController } from '@garda/case-service';
import { ApiKeysController } from './api-keys/api-keys.controller';
import { CatalogueController } from './catalogue/catalogue.controller';
import { CompareCatalogueHandler, PublishCatalogueHandler } from './catalogue/publish-catalogue';
import { SpeakAsCitizenHandler } from './citizen/citizen-commands';
import { CitizenController } from './citizen/citizen.controller';
import { DeadlineController } from './citizen/deadline.controller';
import { ReadCaseHandler } from './citizen/read-case';
import { CountsController } from './counts/counts.controller';
import { DeclaredController } from './declared/declared.controller';
import { WatchingController } from './declared/watching.controller';
import { FileRequest } from './open311/file-request';
import { Open311Controller } from './open311/open311.controller';
import { ReceiptController } from './receipt/receipt.controller';
import { SlipsController } from './slips/slips.controller';
import { StandInsController } from './stand-ins/stand-ins.controller';
import { ErasureController } from './erasure/erasure.controller';
import { FilingController } from './staff/filing.controller';
import { SubmitCaseHandler } from './submission/submit-case';
import { SubmissionController } from './submission/submission.controller';

const handlers = [
  SubmitCaseHandler,
  ReadCaseHandler,
  SpeakAsCitizenHandler,
  StaffCommandHandler,
  PublishCatalogueHandler,
  CompareCatalogueHandler,
];
const controllers = [
  CatalogueController,
  SubmissionController,
  CitizenController,
  DeadlineController,
  ReceiptController,
  ErasureController,
  DeclaredController,
  WatchingController,
  CountsController,
  FilingController,
  SlipsController,
  StandInsController,
  ...lineNames.map((line) => staffCommandsController('intake', line)),
  ApiKeysController,
  Open311Controller,
];

/** The slices of intake. What they work with is made once, by `intakeService`. */
@Module({})
export class AppModule {
  static of(parts: readonly Provider[]): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers,
      providers: [...handlers, FileRequest, ...parts],
    };
  }
}
