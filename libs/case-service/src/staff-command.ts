import { staffCommands, type LineName, type StaffCommandName } from '@garda/contracts';
import type { RequestContext } from '@garda/service';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

/** What every staff command may say. */
export interface StaffBody {
  /** When it happened, as the record says; the rules refuse it from anybody but the program `import`. */
  readonly occurredAt?: string | undefined;
  /** In clear only as far as this service; sealed before the rules see them. */
  readonly words?: string | undefined;
  /** The subject that the words are sealed to; left out: the applicant. */
  readonly about?: string | undefined;
  /** Where something is kept that is not here; sealed with the words. */
  readonly reference?: string | undefined;
}

/** What a staff command answers: the version of this context's stream, for `If-Match` and for the gateway's waiting. */
export interface StaffAnswer {
  readonly caseId: string;
  readonly context: string;
  readonly version: number;
  readonly result: unknown;
  /** False: stored, but the own read model did not show it in time. */
  readonly shown: boolean;
}

/** A staff command of the contract, on its way to the rules. */
export class StaffCommand extends Command<StaffAnswer> {
  constructor(
    readonly name: StaffCommandName,
    readonly caseId: string,
    readonly body: StaffBody,
    readonly context: RequestContext,
    readonly ifMatch: number | undefined,
    readonly line: LineName,
  ) {
    super();
  }
}

/** Reads a command's body by its contract. Throws zod's error on what does not fit. */
export function bodyOf(name: StaffCommandName, body: unknown): StaffBody {
  return staffCommands[name].body.parse(body ?? {}) as StaffBody;
}

/** Decides a staff command: loads, folds, asks the rule, appends, and waits until the read model shows it. */
export abstract class StaffDecider {
  abstract decide(command: StaffCommand): Promise<StaffAnswer>;
}

/** Who decides, on each line. */
export abstract class StaffDeciders implements Readonly<Record<LineName, StaffDecider>> {
  abstract readonly open: StaffDecider;
  abstract readonly restricted: StaffDecider;
}

@CommandHandler(StaffCommand)
export class StaffCommandHandler implements ICommandHandler<StaffCommand> {
  constructor(@Inject(StaffDeciders) private readonly deciders: StaffDeciders) {}

  execute(command: StaffCommand): Promise<StaffAnswer> {
    return this.deciders[command.line].decide(command);
  }
}
