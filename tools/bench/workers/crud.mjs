/**
 * The peer of intake: the same resource as plain Nest and TypeORM. It checks the body by the same schema and saves a row.
 * No log, no sealing, no repeated requests, no clock of the case, no topic. The decorators are called by hand, as this is
 * no TypeScript.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
require('reflect-metadata');
const { Body, Controller, Inject, Module, Post, UnprocessableEntityException } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { FastifyAdapter } = require('@nestjs/platform-fastify');
const { DataSource, EntitySchema } = require('typeorm');
const { submission } = require('../../../libs/contracts/dist/index.js');

const json = { type: 'json', nullable: true };
const Case = new EntitySchema({
  name: 'Case',
  columns: {
    caseId: { type: 'uuid', primary: true, generated: 'uuid' },
    ...Object.fromEntries(['standard', 'identity', 'content', 'description'].map((name) => [name, { type: 'text' }])),
    area: { type: 'text', nullable: true },
    ...{ person: json, objectPlace: json, attributes: json },
    receivedAt: { type: 'timestamptz', createDate: true },
  },
});

class Cases {
  constructor(source) {
    this.cases = source.getRepository(Case);
  }

  async create(body) {
    const read = submission.safeParse(body);
    if (!read.success) throw new UnprocessableEntityException(read.error.issues);
    const { caseId, receivedAt } = await this.cases.save({ ...read.data });
    return { caseId, receivedAt };
  }
}
Inject(DataSource)(Cases, undefined, 0);
Controller('cases')(Cases);
Post()(Cases.prototype, 'create', Object.getOwnPropertyDescriptor(Cases.prototype, 'create'));
Body()(Cases.prototype, 'create', 0);

class App {}

export async function run({ url }) {
  const source = new DataSource({ type: 'postgres', url, entities: [Case], synchronize: true, poolSize: 20 });
  await source.initialize();
  Module({ controllers: [Cases], providers: [{ provide: DataSource, useValue: source }] })(App);
  const app = await NestFactory.create(App, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  process.once('SIGTERM', async () => {
    await app.close();
    process.exit(0);
  });
  process.stdout.write(`${JSON.stringify({ url: await app.getUrl() })}\n`);
}
