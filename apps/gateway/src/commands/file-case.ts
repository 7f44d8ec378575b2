import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseFiles } from '../case-file/case-files';
import { ServiceClient, type ServiceAnswer } from '../services/service-client';
import { settle } from './answer';
import type { Caller } from './forward';

/** Filing for a citizen at the desk, or by a program. The tracking code never comes back this way. */
export class FileCase extends Command<ServiceAnswer> {
  constructor(
    readonly filing: unknown,
    readonly caller: Caller,
  ) {
    super();
  }
}

@CommandHandler(FileCase)
export class FileCaseHandler implements ICommandHandler<FileCase> {
  constructor(
    private readonly files: CaseFiles,
    private readonly services: ServiceClient,
  ) {}

  async execute({ filing, caller }: FileCase): Promise<ServiceAnswer> {
    const answer = await this.services.send({
      service: 'intake',
      method: 'POST',
      path: '/internal/cases',
      claims: { actor: caller.principal.actor, roles: [...caller.principal.roles], verb: 'case.file' },
      trace: caller.trace,
      headers: caller.headers,
      body: filing,
    });
    return settle(answer, { context: 'intake', wait: caller.wait, files: this.files });
  }
}
