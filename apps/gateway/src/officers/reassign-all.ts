import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseFiles } from '../case-file/case-files';
import { each, type EachAnswer } from '../commands/each';
import type { Caller } from '../commands/forward';

export interface ReassignAnswer {
  readonly results: readonly EachAnswer[];
  /** More cases than one call passes on: the same call again goes on. */
  readonly more: boolean;
}

/** Every open case that an officer has in a unit, given to another: each by a command of its own. */
export class ReassignAll extends Command<ReassignAnswer> {
  constructor(
    readonly officer: string,
    readonly to: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

const atMost = 200;

@CommandHandler(ReassignAll)
export class ReassignAllHandler implements ICommandHandler<ReassignAll> {
  constructor(
    private readonly commands: CommandBus,
    private readonly files: CaseFiles,
  ) {}

  async execute({ officer, to, caller }: ReassignAll): Promise<ReassignAnswer> {
    const { actor } = caller.principal;
    if (actor.kind !== 'staff') return { results: [], more: false };
    const cases = await this.files.toReassign({ unit: actor.unit, officer, to }, atMost + 1);
    const results: EachAnswer[] = [];
    for (const caseId of cases.slice(0, atMost))
      results.push(await each(this.commands, { name: 'assign', caseId, body: { officer: to } }, caller));
    return { results, more: cases.length > atMost };
  }
}
