import { answerTo, problems } from '@garda/service';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ForwardCommand, type Caller } from '../commands/forward';

export interface CasePapers {
  readonly caseId: string;
  readonly items: readonly string[];
  readonly missing: readonly string[];
}
export interface BatchAnswer {
  readonly results: readonly { readonly caseId: string; readonly status: number; readonly code?: string }[];
}

/** Papers of many cases, acknowledged one after the other as single commands are. */
export class AcknowledgeBatch extends Command<BatchAnswer> {
  constructor(
    readonly cases: readonly CasePapers[],
    readonly caller: Caller,
  ) {
    super();
  }
}

@CommandHandler(AcknowledgeBatch)
export class AcknowledgeBatchHandler implements ICommandHandler<AcknowledgeBatch> {
  constructor(private readonly commands: CommandBus) {}

  async execute({ cases, caller }: AcknowledgeBatch): Promise<BatchAnswer> {
    const results: BatchAnswer['results'][number][] = [];
    for (const one of cases) results.push(await this.one(one, caller));
    return { results };
  }

  /** `If-Match` names one version of one case: it means nothing here. */
  private async one({ caseId, items, missing }: CasePapers, caller: Caller): Promise<BatchAnswer['results'][number]> {
    const headers = { ...caller.headers, 'if-match': undefined };
    const command = new ForwardCommand('acknowledge-papers', caseId, { items, missing }, { ...caller, headers });
    try {
      const { status, text } = await this.commands.execute(command);
      return { caseId, status, ...(status < 400 ? {} : codeIn(text)) };
    } catch (error) {
      // A refusal of one case is its answer; whatever is no refusal ends the batch, and its repetition goes on.
      const { code } = answerTo(error);
      const [status] = problems[code];
      if (status >= 500) throw error;
      return { caseId, status, code };
    }
  }
}

function codeIn(text: string): { code?: string } {
  const problem: unknown = JSON.parse(text);
  const code = typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : undefined;
  return typeof code === 'string' ? { code } : {};
}
