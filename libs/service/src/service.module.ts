import { Module, type CanActivate, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { ZodValidationPipe } from 'nestjs-zod';
import { CommandGate } from './command-gate';
import { Healing } from './healing';
import { HealingController } from './healing.controller';
import { Health, HealthController } from './health.controller';
import { IdempotencyKeyInterceptor } from './idempotency';
import type { Log } from './logger';
import { Operations } from './operations';
import { OperationsController } from './operations.controller';
import { Projections } from '@garda/projection';
import { ProjectionsController } from './projections.controller';
import { ProblemFilter } from './problem.filter';
import type { ServiceRuntime } from './runtime';
import { Works } from './works';

export interface ServiceModuleOptions {
  readonly module: Type | DynamicModule;
  readonly guard: CanActivate;
  readonly runtime: ServiceRuntime;
  readonly health: Health;
  readonly operations: Operations | undefined;
  readonly healing: Healing | undefined;
  readonly projections: Projections | undefined;
  readonly log: Log;
}

const healingOf = (healing: Healing) => [
  { provide: Healing, useValue: healing },
  { provide: Works, useValue: healing.works },
];

/** What surrounds every app: who may come in, how errors leave, health, operations. */
@Module({})
export class ServiceModule {
  static around(opts: ServiceModuleOptions): DynamicModule {
    return {
      module: ServiceModule,
      imports: [DiscoveryModule, opts.module],
      controllers: [
        HealthController,
        ...(opts.operations === undefined ? [] : [OperationsController]),
        ...(opts.healing === undefined ? [] : [HealingController]),
        ...(opts.projections === undefined ? [] : [ProjectionsController]),
      ],
      providers: [
        { provide: Health, useValue: opts.health },
        ...(opts.operations === undefined ? [] : [{ provide: Operations, useValue: opts.operations }]),
        ...(opts.healing === undefined ? [] : healingOf(opts.healing)),
        ...(opts.projections === undefined ? [] : [{ provide: Projections, useValue: opts.projections }]),
        { provide: APP_FILTER, useValue: new ProblemFilter(opts.log) },
        // In this order: a stranger hears that he is a stranger before he hears how the service is.
        { provide: APP_GUARD, useValue: opts.guard },
        { provide: APP_GUARD, useValue: new CommandGate(opts.runtime) },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyKeyInterceptor },
        { provide: APP_PIPE, useClass: ZodValidationPipe },
      ],
    };
  }
}
