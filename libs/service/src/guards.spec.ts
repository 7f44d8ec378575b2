import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Needs, Public, refuseUnguardedRoutes } from './guards';

@Controller('a')
class Mixed {
  @Get('open')
  @Public()
  open(): void {}

  @Get('verb')
  @Needs('case.read')
  verb(): void {}

  @Get('forgotten')
  forgotten(): void {}

  helper(): void {}
}

@Public()
@Controller('b')
class AllOpen {
  @Get()
  one(): void {}
}

@Module({ imports: [DiscoveryModule], controllers: [Mixed, AllOpen] })
class WithForgotten {}
@Module({ imports: [DiscoveryModule], controllers: [AllOpen] })
class Guarded {}

describe('a route that says nothing about who may call it', () => {
  it.each([
    [WithForgotten, /neither @Needs\(verb\) nor @Public\(\): Mixed\.forgotten$/],
    [Guarded, undefined],
  ])('keeps the process from starting', async (module, refusal) => {
    const app = await NestFactory.create(module, new FastifyAdapter(), { logger: false });
    const start = () => refuseUnguardedRoutes(app);
    if (refusal === undefined) expect(start).not.toThrow();
    else expect(start).toThrow(refusal);
    await app.close();
  });
});
