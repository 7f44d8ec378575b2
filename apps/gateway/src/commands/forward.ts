import { setTimeout as pause } from 'node:timers/promises';
import {
  lineCommands,
  lines,
  staffCommands,
  type Context,
  type LineName,
  type StaffCommandName,
} from '@garda/contracts';
import type { Principal, RequestTrace, ServiceClaims } from '@garda/service';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseFiles, factsOf, LevyFiles } from '../case-file/case-files';
import type { CaseFileRow } from '../case-file/entities';
import { Judge, whoOf } from '../rights/judge';
import type { Principal as Who, RightCode } from '../rights/may-do';
import { ServiceClient, type ServiceAnswer } from '../services/service-client';
import { settle } from './answer';

/** Who asks and how: what goes along to the service unchanged. */
export interface Caller {
  readonly principal: Principal;
  readonly trace: RequestTrace;
  /** `Idempotency-Key`, `If-Match` (the version of the command's own context), `Accept-Language`. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** False for `Prefer: respond-async`. */
  readonly wait: boolean;
}

export class ForwardCommand extends Command<ServiceAnswer> {
  constructor(
    readonly name: StaffCommandName,
    readonly caseId: string,
    readonly body: unknown,
    readonly caller: Caller,
    readonly line: LineName = 'open',
  ) {
    super();
  }
}

/** Refusals that may only mean that the case file has not heard yet whose the case is. */
const mayPass: ReadonlySet<RightCode> = new Set(['CASE_NOT_FOUND', 'NOT_YOUR_UNIT', 'NOT_YOUR_CASE']);

const youngForMs = 2000;

/** A staff command on one case: judged, signed for the one service that decides, forwarded, and waited for. */
@CommandHandler(ForwardCommand)
export class ForwardHandler implements ICommandHandler<ForwardCommand> {
  /** Requests that are not answered yet, by who asks under which key. */
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(
    private readonly files: CaseFiles,
    private readonly levyFiles: LevyFiles,
    private readonly judge: Judge,
    private readonly services: ServiceClient,
  ) {}

  async execute(command: ForwardCommand): Promise<ServiceAnswer> {
    const key = nameOf(command);
    if (key === undefined) return this.decide(command);
    const earlier = this.underWay.get(key);
    const answer = this.decide(command, earlier);
    // Known from its arrival on: while it waits for its own judgement, its repetition must not be judged before it.
    const both = Promise.allSettled([earlier, answer]).finally(() => {
      if (this.underWay.get(key) === both) this.underWay.delete(key);
    });
    this.underWay.set(key, both);
    return answer;
  }

  private async decide(command: ForwardCommand, earlier?: Promise<unknown>): Promise<ServiceAnswer> {
    const who = await this.judge.today(whoOf(command.caller.principal));
    const found = await this.grownUp(command, who);
    let row: CaseFileRow;
    try {
      row = await this.demand(command, who, found);
    } catch (refusal) {
      await earlier;
      return this.repeated(command, found, refusal);
    }
    return this.settled(command, await this.send(command, claimsOf(command.caller, row)));
  }

  /** @throws RightRefused */
  private async demand(command: ForwardCommand, who: Who, row: CaseFileRow | undefined): Promise<CaseFileRow> {
    const { name, line, body } = command;
    const verb = verbOf(command);
    if (line === 'open') {
      this.judge.demandOn(verb, who, row);
      if (name === 'link-duplicate') await this.maySeeLeader(who, body);
    } else {
      this.judge.demandOnLevy(verb, who, row);
      if (name === 'disclose') this.judge.demandWithheld(verb, who, row);
    }
    return row;
  }

  private filesOf({ line }: ForwardCommand): CaseFiles {
    return line === 'open' ? this.files : this.levyFiles;
  }

  /**
   * The right may be gone because of the very command that is repeated here, its answer having been lost: whoever takes a
   * case on and asks again must not hear that he may not. The service is asked what became of the earlier request, which is
   * no longer on its way, and decides nothing. Not for opening personal data: that needs the right at the moment of opening.
   */
  private async repeated(command: ForwardCommand, row: CaseFileRow | undefined, refusal: unknown) {
    if (row === undefined || command.name === 'disclose' || nameOf(command) === undefined) throw refusal;
    const answer = await this.send(command, { ...claimsOf(command.caller, row), repeatOnly: true });
    if (answer.status >= 400) throw refusal;
    return this.settled(command, answer);
  }

  private send(command: ForwardCommand, claims: Omit<ServiceClaims, 'verb' | 'caseId'>) {
    const { name, caseId, body, caller, line } = command;
    const { context } = staffCommands[name];
    return this.services.send({
      service: context,
      method: 'POST',
      path: `/internal/${lines[line].path}/${caseId}/${name}`,
      claims: { ...claims, verb: verbOf(command), caseId },
      trace: caller.trace,
      headers: caller.headers,
      body: body ?? {},
    });
  }

  private settled(command: ForwardCommand, answer: ServiceAnswer): Promise<ServiceAnswer> {
    const { name, caller } = command;
    const files = this.filesOf(command);
    return settle(answer, { context: staffCommands[name].context, wait: caller.wait, files });
  }

  /**
   * Right after it was filed a case is known here before its unit and its officer are: while a section is missing, a
   * refusal that what is still to come could lift is judged again, bounded.
   */
  private async grownUp(command: ForwardCommand, who: Who): Promise<CaseFileRow | undefined> {
    const { caseId } = command;
    const files = this.filesOf(command);
    const verb = verbOf(command);
    let row = await files.find(caseId);
    if (who.kind !== 'staff' || row === undefined || missingSection(row) === undefined) return row;
    const until = Date.now() + youngForMs;
    while (this.refusedForNow(verb, who, row) && Date.now() < until) {
      await pause(25);
      row = (await files.find(caseId)) ?? row;
    }
    return row;
  }

  private refusedForNow(verb: string, who: Who, row: CaseFileRow): boolean {
    const verdict = this.judge.verdict(verb, who, factsOf(row));
    return !verdict.may && mayPass.has(verdict.code);
  }

  /** Two cases are touched: whoever may not read the other one must not mark it. */
  private async maySeeLeader(who: Who, body: unknown): Promise<void> {
    const leader = typeof body === 'object' && body !== null && 'leader' in body ? body.leader : undefined;
    if (typeof leader !== 'string' || who.kind === 'program') return; // the service judges the body
    this.judge.demandOn('case.read', who, await this.files.find(leader));
  }
}

const verbOf = ({ line, name }: ForwardCommand): string => lineCommands[line].verbOf(name);

/** By what a person's repetition is known: nothing without an `Idempotency-Key`. */
function nameOf({ name, caseId, caller }: ForwardCommand): string | undefined {
  const key = caller.headers['idempotency-key'];
  return key === undefined ? undefined : JSON.stringify([caller.principal.actor, name, caseId, key]);
}

function missingSection(row: CaseFileRow | undefined): Context | undefined {
  if (row?.routingVersion === null) return 'routing';
  return row?.resolutionVersion === null ? 'resolution' : undefined;
}

/** A program acts for the unit that answers for the case now. */
function claimsOf({ principal }: Caller, row: CaseFileRow) {
  const { actor, roles } = principal;
  const unit = actor.kind === 'program' ? (row.responsibleUnit ?? undefined) : 'unit' in actor ? actor.unit : undefined;
  const signed = actor.kind === 'program' && unit !== undefined ? { ...actor, unit } : actor;
  return { actor: signed, roles: [...roles], ...(unit === undefined ? {} : { unit }) };
}
