import { lineNames, type Context } from '@garda/contracts';
import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { StaffCommandHandler, StaffDeciders } from './staff-command';
import { staffCommandsController } from './staff-commands.controller';

/** What a service offers over HTTP beside its staff commands: what is not on a case. */
export interface MoreRoutes {
  readonly controllers: readonly Type[];
  readonly providers: readonly Provider[];
}

/** The HTTP side of a deciding service: its staff commands on both lines, and who decides them. */
@Module({})
export class CaseServiceModule {
  static of(context: Context, deciders: StaffDeciders, more: MoreRoutes): DynamicModule {
    return {
      module: CaseServiceModule,
      imports: [CqrsModule.forRoot()],
      controllers: [...lineNames.map((line) => staffCommandsController(context, line)), ...more.controllers],
      providers: [StaffCommandHandler, { provide: StaffDeciders, useValue: deciders }, ...more.providers],
    };
  }
}
