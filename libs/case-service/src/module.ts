import type { Context } from '@garda/contracts';
import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { StaffCommandHandler, StaffDecider } from './staff-command';
import { staffCommandsController } from './staff-commands.controller';

/** What a service offers over HTTP beside its staff commands: what is not on a case. */
export interface MoreRoutes {
  readonly controllers: readonly Type[];
  readonly providers: readonly Provider[];
}

/** The HTTP side of a deciding service: its staff commands, and who decides them. */
@Module({})
export class CaseServiceModule {
  static of(context: Context, decider: StaffDecider, more: MoreRoutes): DynamicModule {
    return {
      module: CaseServiceModule,
      imports: [CqrsModule.forRoot()],
      controllers: [staffCommandsController(context), ...more.controllers],
      providers: [StaffCommandHandler, { provide: StaffDecider, useValue: decider }, ...more.providers],
    };
  }
}
