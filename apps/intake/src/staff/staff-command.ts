import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Actor, JsonValue, StaffCommandBody, StaffCommandOf } from '@garda/contracts';
import { intakeCommands } from '@garda/domain';
import { ERASED, Vault } from '@garda/personal-data';
import type { RequestContext } from '@garda/service';
import { CaseStream, type CaseRule, type Shown } from '../cases/case-stream';
import { openAll, sealedPartsOf, type Opened } from '../cases/sealed-parts';

type Name = StaffCommandOf<'intake'>;
/** A command by its name, with the body of that name. */
export type NamedBody = { [N in Name]: { readonly name: N; readonly body: StaffCommandBody<N> } }[Name];

export interface StaffAsk {
  readonly caseId: string;
  readonly command: NamedBody;
  readonly context: RequestContext;
  readonly requestHash: string;
  readonly ifMatch: number | undefined;
}

/** Something the citizen wrote, opened. */
export interface OpenedPart {
  readonly event: string;
  readonly at: string;
  readonly type: string;
  /** Null when the person was erased. */
  readonly content: JsonValue;
}

export interface StaffAnswer {
  readonly caseId: string;
  readonly version: number;
  readonly context: 'intake';
  /** Only after `disclose`. */
  readonly opened?: readonly OpenedPart[];
}

/** A command of staff or a program on one case, with the gateway's word for who asks. */
export class StaffCommand extends Command<StaffAnswer> {
  constructor(readonly ask: StaffAsk) {
    super();
  }
}

@CommandHandler(StaffCommand)
export class StaffCommandHandler implements ICommandHandler<StaffCommand> {
  constructor(
    @Inject(CaseStream) private readonly cases: CaseStream,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async execute({ ask }: StaffCommand): Promise<StaffAnswer> {
    const { caseId, command } = ask;
    const { version } = await this.decide(ask);
    const answer = { caseId, version, context: 'intake' } as const;
    // The opening is a fact before anything is opened.
    return command.name === 'disclose' ? { ...answer, opened: await this.open(caseId) } : answer;
  }

  private decide({ caseId, command, context, requestHash, ifMatch }: StaffAsk): Promise<Shown> {
    const { commandId, repeatOnly } = context;
    const occurredAt = command.name === 'publish-summary' ? command.body.occurredAt : undefined;
    const ask = { caseId, context, commandId, requestHash, repeatOnly, ifMatch, occurredAt };
    const rule = ruleOf(caseId, command, context.actor);
    return this.cases.decide(ask, rule);
  }

  private async open(caseId: string): Promise<OpenedPart[]> {
    const parts = sealedPartsOf(await this.cases.events(caseId));
    return (await openAll(this.vault, caseId, parts)).map(partOf);
  }
}

function ruleOf(caseId: string, command: NamedBody, actor: Actor): CaseRule {
  switch (command.name) {
    case 'publish-summary':
      return (state, given) => intakeCommands[command.name](state, { caseId, actor, body: command.body }, given);
    case 'disclose':
      return (state, given) => intakeCommands[command.name](state, { caseId, actor, body: command.body }, given);
  }
}

/** The salt proves what was handed in; it is the citizen's alone. */
function partOf({ event, content }: Opened): OpenedPart {
  const words =
    content === ERASED ? null : Object.fromEntries(Object.entries(content).filter(([name]) => name !== 'salt'));
  return { event: event.eventId, at: event.recordedAt, type: event.type, content: words };
}
