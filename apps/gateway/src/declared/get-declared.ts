import { declaredCase, declaredPage, type DeclaredCase, type DeclaredPage } from '@garda/contracts';
import { Problem, type PageQuery } from '@garda/service';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { CaseFiles, factsOf } from '../case-file/case-files';
import type { Caller } from '../commands/forward';
import { Judge, whoOf } from '../rights/judge';
import { ServiceClient } from '../services/service-client';

const verb = 'declared.read';

export class ListDeclared extends Query<DeclaredPage> {
  constructor(
    readonly caller: Caller,
    readonly ask: PageQuery,
  ) {
    super();
  }
}

export class GetDeclared extends Query<DeclaredCase> {
  constructor(
    readonly caller: Caller,
    /** Case id, or public number. */
    readonly idOrNumber: string,
  ) {
    super();
  }
}

/** Declared against assessed: intake has both, the rights over each case are judged here. */
export class DeclaredSource {
  constructor(
    private readonly files: CaseFiles,
    private readonly judge: Judge,
    private readonly services: ServiceClient,
  ) {}

  /** The case id, where this caller may read of it; else undefined, as if there was no such case. */
  async readable(caller: Caller, idOrNumber: string): Promise<string | undefined> {
    const row = await this.files.find(idOrNumber);
    if (row === undefined) return undefined;
    return this.judge.verdict(verb, whoOf(caller.principal), factsOf(row)).may ? row.caseId : undefined;
  }

  async ask<S extends z.ZodType>(
    schema: S,
    { principal, trace, headers }: Caller,
    path: string,
    caseId?: string,
  ): Promise<z.infer<S>> {
    const claims = {
      actor: principal.actor,
      roles: [...principal.roles],
      verb,
      ...(caseId === undefined ? {} : { caseId }),
    };
    const answer = await this.services.send({ service: 'intake', method: 'GET', path, claims, trace, headers });
    if (answer.status === 400) throw new Problem('CURSOR_INVALID');
    if (answer.status !== 200) throw new Problem('SERVICE_UNAVAILABLE', `intake answered ${answer.status}`);
    return schema.parse(JSON.parse(answer.text));
  }
}

@QueryHandler(ListDeclared)
export class ListDeclaredHandler implements IQueryHandler<ListDeclared> {
  constructor(private readonly source: DeclaredSource) {}

  /** A page may be shorter than asked for: cases that this reader may not read of are left out of it. */
  async execute({ caller, ask }: ListDeclared): Promise<DeclaredPage> {
    const query = new URLSearchParams({ limit: String(ask.limit), ...(ask.cursor ? { cursor: ask.cursor } : {}) });
    const page = await this.source.ask(declaredPage, caller, `/internal/declared?${query.toString()}`);
    const may = await Promise.all(page.items.map(({ caseId }) => this.source.readable(caller, caseId)));
    return { ...page, items: page.items.filter((_, index) => may[index] !== undefined) };
  }
}

@QueryHandler(GetDeclared)
export class GetDeclaredHandler implements IQueryHandler<GetDeclared> {
  constructor(private readonly source: DeclaredSource) {}

  async execute({ caller, idOrNumber }: GetDeclared): Promise<DeclaredCase> {
    const caseId = await this.source.readable(caller, idOrNumber);
    if (caseId === undefined) throw new Problem('NOT_FOUND');
    return this.source.ask(declaredCase, caller, `/internal/declared/${caseId}`, caseId);
  }
}
