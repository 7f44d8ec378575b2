import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { levyVerbs, lines, type LineName } from '@garda/contracts';
import { CaseFiles, LevyFiles } from '../case-file/case-files';
import { ServiceClient, type ServiceAnswer } from '../services/service-client';
import { settle } from './answer';
import type { Caller } from './forward';

/** Filing for a citizen at the desk, or by a program. The tracking code never comes back this way. */
export class FileCase extends Command<ServiceAnswer> {
  constructor(
    readonly filing: unknown,
    readonly caller: Caller,
    readonly line: LineName = 'open',
  ) {
    super();
  }
}

const filingVerbs = { open: 'case.file', restricted: levyVerbs.work } as const satisfies Record<LineName, string>;

@CommandHandler(FileCase)
export class FileCaseHandler implements ICommandHandler<FileCase> {
  constructor(
    private readonly files: CaseFiles,
    private readonly levyFiles: LevyFiles,
    private readonly services: ServiceClient,
  ) {}

  async execute({ filing, caller, line }: FileCase): Promise<ServiceAnswer> {
    const answer = await this.services.send({
      service: 'intake',
      method: 'POST',
      path: `/internal/${lines[line].path}`,
      claims: { actor: caller.principal.actor, roles: [...caller.principal.roles], verb: filingVerbs[line] },
      trace: caller.trace,
      headers: caller.headers,
      body: filing,
    });
    const files = line === 'open' ? this.files : this.levyFiles;
    return settle(answer, { context: 'intake', wait: caller.wait, files });
  }
}
