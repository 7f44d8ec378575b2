import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { each, type EachAnswer } from '../commands/each';
import type { Caller } from '../commands/forward';

export interface CasePapers {
  readonly caseId: string;
  readonly items: readonly string[];
  readonly missing: readonly string[];
}
export interface BatchAnswer {
  readonly results: readonly EachAnswer[];
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
    const results: EachAnswer[] = [];
    for (const { caseId, items, missing } of cases)
      results.push(await each(this.commands, { name: 'acknowledge-papers', caseId, body: { items, missing } }, caller));
    return { results };
  }
}
