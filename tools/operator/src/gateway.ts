import { randomUUID } from 'node:crypto';
import {
  declaredCase,
  type CatalogueBundle,
  type DeclaredCase,
  type filing,
  type LevyCommandName,
  type StaffCommandBody,
  type StaffCommandName,
  type StandInNaming,
  type tripRecord,
} from '@garda/contracts';
import { z } from 'zod';
import { call, callOnce, type Reply } from './http';
import type { Instance, Program } from './instance';
import { progressShape, type SystemProgress } from './quiet';
import type { Tokens } from './tokens';

const filed = z.looseObject({ caseId: z.string(), number: z.string() });
const share = z.looseObject({ with: z.string(), unit: z.string().optional(), minutes: z.number() });
const slipBook = z.looseObject({ book: z.string(), numbers: z.array(z.string()), printAt: z.string() });
const trip = z.looseObject({ tripId: z.string() });
const batch = z.object({ results: z.array(z.looseObject({ caseId: z.string(), status: z.number() })) });
const caseFile = z.looseObject({
  caseId: z.string(),
  number: z.string(),
  standard: z.string(),
  status: z.string(),
  routing: z
    .looseObject({ status: z.string(), unit: z.string().nullish(), past: z.array(z.string()).default([]) })
    .nullish(),
  officer: z.string().nullish(),
  dispute: z.looseObject({ to: z.string().optional() }).nullish(),
  dueAt: z.string().nullish(),
  outcome: z.string().nullish(),
  questions: z.array(z.looseObject({})).default([]),
  shares: z.array(share).default([]),
  escalations: z.array(z.looseObject({ clock: z.string(), rung: z.number(), to: z.string() })).default([]),
  clockStopped: z.boolean().optional(),
  papers: z.array(z.looseObject({ item: z.string(), state: z.string(), unit: z.string() })).default([]),
  products: z.array(z.looseObject({ ref: z.string(), partial: z.boolean() })).default([]),
  timeline: z.array(z.looseObject({ context: z.string(), version: z.number(), type: z.string(), at: z.string() })),
});
const inboxItem = z.looseObject({ caseId: z.string(), tasks: z.array(z.looseObject({ what: z.string() })) });
const inboxPage = z.looseObject({ items: z.array(inboxItem) });
const levyList = z.looseObject({
  items: z.array(z.looseObject({ caseId: z.string() })),
  untouched: z.number(),
  untouchedOutside: z.number(),
});
const published = z.looseObject({ published: z.number(), unchanged: z.number() });
const difference = z.looseObject({
  item: z.string(),
  change: z.enum(['new', 'edition', 'ended', 'refused']),
  from: z.number().optional(),
  to: z.number().optional(),
  fields: z.array(z.string()).optional(),
  supersedes: z.number().optional(),
  successor: z.string().optional(),
  on: z.string().optional(),
  why: z.string().optional(),
});
const differences = z.object({
  differences: z.array(difference),
  unchanged: z.number(),
  wrong: z.array(z.string()),
});
export type Difference = z.infer<typeof difference>;
const apiKey = z.looseObject({ key: z.string() });
export type CaseFile = z.infer<typeof caseFile>;

/** Who asks: a demo person by id, or one of our programs. */
export type Who = { readonly person: string } | { readonly program: Program };

/** The staff gateway as persons and programs reach it. */
export class Gateway {
  constructor(
    private readonly instance: Instance,
    private readonly tokens: Tokens,
  ) {}

  async file(who: Who, body: z.input<typeof filing>, key: string = randomUUID()) {
    const { json } = await this.post(who, '/cases', body, key);
    return filed.parse(json);
  }

  /** One command on one case. The key makes a repeat harmless. */
  async command<N extends StaffCommandName>(
    who: Who,
    caseId: string,
    name: N,
    body: StaffCommandBody<N>,
    key: string = randomUUID(),
  ): Promise<unknown> {
    return (await this.post(who, `/cases/${caseId}/${name}`, body, key)).json;
  }

  /** Numbered slips for a desk: their codes are only on the page that prints them. */
  async issueSlips(who: Who, body: { unit: string; count: number }): Promise<z.infer<typeof slipBook>> {
    return slipBook.parse((await this.post(who, '/slip-books', body, randomUUID())).json);
  }

  async recordTrip(who: Who, body: z.input<typeof tripRecord>): Promise<string> {
    return trip.parse((await this.post(who, '/trips', body, randomUUID())).json).tripId;
  }

  async approveTrip(who: Who, tripId: string): Promise<void> {
    await this.post(who, `/trips/${tripId}/approve`, {}, randomUUID());
  }

  /** The papers of many cases at once; each case is answered by itself. */
  async acknowledgePapers(
    who: Who,
    cases: readonly { caseId: string; items: string[]; missing?: string[] }[],
  ): Promise<z.infer<typeof batch>['results']> {
    return batch.parse((await this.post(who, '/papers/acknowledge', { cases }, randomUUID())).json).results;
  }

  /** One command on a report of an illegal levy. */
  async levyCommand<N extends LevyCommandName>(
    who: Who,
    caseId: string,
    name: N,
    body: StaffCommandBody<N>,
    key: string = randomUUID(),
  ): Promise<unknown> {
    return (await this.post(who, `/levy/${caseId}/${name}`, body, key)).json;
  }

  async levyFile(who: Who, id: string): Promise<CaseFile> {
    return caseFile.parse((await this.get(who, `/levy/${id}`)).json);
  }

  /** The reports of an illegal levy that somebody may read, and how many nobody has taken. */
  async levyList(who: Who): Promise<z.infer<typeof levyList>> {
    return levyList.parse((await this.get(who, '/levy')).json);
  }

  /** By case id or public number. */
  async caseFile(who: Who, id: string): Promise<CaseFile> {
    return caseFile.parse((await this.get(who, `/cases/${id}`)).json);
  }

  /** The first page. `query` begins with a question mark. */
  async inbox(who: Who, query: string): Promise<readonly z.infer<typeof inboxItem>[]> {
    return inboxPage.parse((await this.get(who, `/inbox${query}`)).json).items;
  }

  /** What was declared about a case, for those who watch over money. */
  async declared(who: Who, id: string): Promise<DeclaredCase> {
    return declaredCase.parse((await this.get(who, `/declared/${id}`)).json);
  }

  async publish(who: Who, bundle: CatalogueBundle): Promise<z.infer<typeof published>> {
    return published.parse((await this.post(who, '/catalogue', bundle, undefined)).json);
  }

  /** What publishing a folder would change. */
  async compare(who: Who, bundle: CatalogueBundle): Promise<z.infer<typeof differences>> {
    return differences.parse((await this.post(who, '/catalogue/diff', bundle, undefined)).json);
  }

  async nameStandIn(who: Who, officer: string, body: StandInNaming): Promise<void> {
    await this.post(who, `/officers/${officer}/stand-in`, body, randomUUID());
  }

  /** All that an officer has, given to another; each case is answered by itself. */
  async reassign(who: Who, officer: string, to: string): Promise<z.infer<typeof batch>['results']> {
    return batch.parse((await this.post(who, `/officers/${officer}/reassign`, { to }, randomUUID())).json).results;
  }

  async progress(): Promise<SystemProgress> {
    return progressShape.parse((await this.get({ program: 'operations' }, '/operations/progress')).json);
  }

  async moveClock(to: string): Promise<unknown> {
    return (await this.post({ program: 'operations' }, '/operations/clock', { to }, undefined)).json;
  }

  /** A key for Open311 clients: shown now and never again. */
  async makeApiKey(name: string): Promise<string> {
    const { json } = await this.post({ program: 'operations' }, '/operations/apikeys', { name }, undefined);
    return apiKey.parse(json).key;
  }

  async get(who: Who, path: string): Promise<Reply> {
    return call(`${this.instance.urls.gateway}${path}`, { token: await this.tokenOf(who) });
  }

  /** As it comes, a refusal too. */
  async answer(who: Who, path: string): Promise<Reply> {
    return callOnce(`${this.instance.urls.gateway}${path}`, { token: await this.tokenOf(who) });
  }

  async post(who: Who, path: string, body: unknown, key: string | undefined): Promise<Reply> {
    return call(`${this.instance.urls.gateway}${path}`, {
      method: 'POST',
      token: await this.tokenOf(who),
      body,
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    });
  }

  private tokenOf(who: Who): Promise<string> {
    return 'person' in who ? this.tokens.person(who.person) : this.tokens.program(who.program);
  }
}
