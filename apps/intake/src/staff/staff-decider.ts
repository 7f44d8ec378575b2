import { StaffDecider, type StaffAnswer, type StaffCommand } from '@garda/case-service';
import { lineNames, Refusal, type IntakeFact, type JsonValue, type StaffCommandBody } from '@garda/contracts';
import {
  intakeCommands,
  reissueCode,
  type Given,
  type IntakeCase,
  type IntakeCommand,
  type StaffAsk,
} from '@garda/domain';
import { ERASED, type Vault } from '@garda/personal-data';
import { requestHash } from '@garda/service';
import type { CaseStream } from '../cases/case-stream';
import type { CaseStreams } from '../cases/case-streams';
import { openAll, sealedPartsOf, type Opened } from '../cases/sealed-parts';
import type { CitizenRule, CitizenVoice } from '../citizen/citizen-commands';
import { caseOfSlip, type SlipBooks } from '../slips/slip-books';

/** Something the citizen wrote, opened. */
export interface OpenedPart {
  readonly event: string;
  readonly at: string;
  readonly type: string;
  /** Null when the person was erased. */
  readonly content: JsonValue;
}

export interface IntakeAnswer extends StaffAnswer {
  /** Only after `disclose`. */
  readonly opened?: readonly OpenedPart[];
}

type Rule = (state: IntakeCase, ask: StaffAsk<unknown>, given: Given) => readonly IntakeFact[];

/** Staff commands on one case of either line, with the gateway's word for who asks. */
export class IntakeStaffDecider extends StaffDecider {
  constructor(
    private readonly of: {
      readonly streams: CaseStreams;
      readonly voice: CitizenVoice;
      readonly vault: Vault;
      readonly slips: SlipBooks;
      readonly hashKey: string;
    },
  ) {
    super();
  }

  async decide(command: StaffCommand): Promise<IntakeAnswer> {
    const { name, body, context, ifMatch, line } = command;
    const caseId = command.caseId.toLowerCase();
    const { voice, hashKey } = this.of;
    const { occurredAt, words: text, reference } = body;
    const ask = { caseId, line, context, ifMatch, occurredAt, text, reference };
    const asked = { ...ask, requestHash: requestHash(hashKey, context.route, body) };
    const rule = await this.ruleOf({ ...command, caseId });
    const { version, result, shown } = await voice.say(asked, rule);
    const answer = { caseId, context: 'intake', version, result, shown };
    // The opening is a fact before anything is opened.
    return name === 'disclose' ? { ...answer, opened: await this.open(this.of.streams[line], caseId) } : answer;
  }

  /** The body was read by the contract of the same name: the table's rule is the one for it. */
  private async ruleOf(command: StaffCommand): Promise<CitizenRule> {
    const { name, caseId, body, context } = command;
    const { actor } = context;
    if (name === 'reissue-code') return this.reissuing(command);
    const rule = intakeCommands[name as IntakeCommand] as Rule;
    return ([sealedWords]) =>
      (state, given) =>
        rule(state, { caseId, actor, body, sealedWords }, given);
  }

  /** The slip first: it is another stream's, and what is on it is not the rule's to know. */
  private async reissuing({ caseId, body, context, line }: StaffCommand): Promise<CitizenRule> {
    const { actor, commandId, repeatOnly } = context;
    const { slip } = body as unknown as StaffCommandBody<'reissue-code'>;
    const { streams, slips } = this.of;
    const repeated = (await streams[line].lookUp(caseId, commandId)).command !== undefined;
    if (!repeated && repeatOnly !== true) {
      await slips.demand({ actor, number: slip });
      const used = caseOfSlip({ number: slip, line: 1 });
      const taken = await Promise.all(lineNames.map((one) => streams[one].events(used)));
      if (taken.flat().length > 0) throw new Refusal('SLIP_USED', 'a case was handed in with it');
    }
    const codeHash = slips.hashOf(caseId, slip);
    return () => (state) => reissueCode(state, { caseId, actor, body: { slip }, codeHash });
  }

  private async open(cases: CaseStream, caseId: string): Promise<OpenedPart[]> {
    const parts = sealedPartsOf(await cases.events(caseId));
    return (await openAll(this.of.vault, caseId, parts)).map(partOf);
  }
}

/** The salt proves what was handed in; it is the citizen's alone. */
function partOf({ event, content }: Opened): OpenedPart {
  const words =
    content === ERASED ? null : Object.fromEntries(Object.entries(content).filter(([name]) => name !== 'salt'));
  return { event: event.eventId, at: event.recordedAt, type: event.type, content: words };
}
