import type { Context } from '@garda/contracts';
import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { StaffCommandHandler, StaffDecider } from './staff-command';
import { staffCommandsController } from './staff-commands.controller';

/** The HTTP side of a deciding service: its staff commands, and who decides them. */
@Module({})
export class CaseServiceModule {
  static of(context: Context, decider: StaffDecider): DynamicModule {
    return {
      module: CaseServiceModule,
      imports: [CqrsModule.forRoot()],
      controllers: [staffCommandsController(context)],
      providers: [StaffCommandHandler, { provide: StaffDecider, useValue: decider }],
    };
  }
}
