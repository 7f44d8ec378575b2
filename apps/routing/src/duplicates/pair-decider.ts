import { CaseStaffDecider, type CaseNow, type StaffAnswer, type StaffCommand } from '@garda/case-service';
import { assertEvent, type EventToAppend, type RoutingFact } from '@garda/contracts';
import { linkDuplicate, unlinkDuplicate, type Catalogue, type PairFacts, type RoutingCase } from '@garda/domain';
import {
  answeredBefore,
  commandId,
  newEventId,
  RefusedAppend,
  StaleVersionError,
  storedBy,
  type AppendOutcome,
  type AppendRequest,
} from '@garda/event-store';
import { metaOf } from '@garda/service';

type Now = CaseNow<RoutingCase> & { readonly caseId: string };

const attempts = 4; // one, and three more when one of the two streams moved

/** A duplicate touches two streams at once: both facts are appended together or not at all. */
export class PairDecider extends CaseStaffDecider<RoutingCase, Catalogue> {
  override async decide(command: StaffCommand): Promise<StaffAnswer> {
    if (command.name !== 'link-duplicate' && command.name !== 'unlink-duplicate') return super.decide(command);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.decidePair(command);
      } catch (error) {
        if (!(error instanceof RefusedAppend) || attempt === attempts) throw error;
      }
    }
  }

  private async decidePair(command: StaffCommand): Promise<StaffAnswer> {
    const { decisions } = this.parts;
    const { caseId, context, ifMatch } = command;
    const follower = { caseId, ...(await decisions.read(caseId, context.commandId)) };
    if (follower.command !== undefined)
      return this.answer(caseId, answeredBefore(follower.command, this.hashOf(command)));
    if (context.repeatOnly === true) return this.bar(command, leaderOf(command, follower.state));
    if (ifMatch !== undefined && ifMatch !== follower.version) throw new StaleVersionError(follower.version);
    const leaderId = leaderOf(command, follower.state);
    const leader = { caseId: leaderId, ...(await decisions.read(leaderId)) };
    const facts = this.facts(command, leader, follower);
    const [outcome] = await decisions.log.appendAll([
      this.request(command, follower, facts.follower, context.commandId),
      this.request(command, leader, facts.leader, leadersHalf(context.commandId)),
    ]);
    return this.told(caseId, outcome);
  }

  /** Both halves or none, as they are appended: one alone must not be left open to the first request. */
  private async bar(command: StaffCommand, leaderId: string): Promise<StaffAnswer> {
    const { caseId, context } = command;
    const { decisions } = this.parts;
    const requestHash = this.hashOf(command);
    const [outcome] = await decisions.log.bar([
      { streamId: decisions.streamOf(caseId), commandId: context.commandId, requestHash },
      { streamId: decisions.streamOf(leaderId), commandId: leadersHalf(context.commandId), requestHash },
    ]);
    return this.told(caseId, outcome);
  }

  private told(caseId: string, outcome: AppendOutcome | undefined): Promise<StaffAnswer> {
    if (outcome === undefined || outcome.status === 'conflict') throw new Error('appended neither all nor none');
    return this.answer(caseId, storedBy(outcome));
  }

  private facts(command: StaffCommand, leader: Now, follower: Now): PairFacts {
    const rule = command.name === 'link-duplicate' ? linkDuplicate : unlinkDuplicate;
    const given = { now: follower.now, nextId: newEventId, catalogue: this.parts.decisions.catalogue.current };
    return rule(leader.state, follower.state, { actor: command.context.actor, body: command.body }, given);
  }

  private request(command: StaffCommand, on: Now, facts: readonly RoutingFact[], id: string): AppendRequest {
    const meta = { ...metaOf(command.context), commandId: id };
    const occurredAt = command.body.occurredAt ?? on.now;
    const events = facts.map((fact): EventToAppend => {
      assertEvent('routing', fact);
      return { ...fact, eventId: newEventId(), meta, occurredAt };
    });
    const { caseId, version } = on;
    const result = { caseId };
    return {
      streamId: this.parts.decisions.streamOf(caseId),
      key: caseId,
      expected: version,
      commandId: id,
      requestHash: this.hashOf(command),
      result,
      events,
    };
  }
}

/** The leader's fact is a command of its own in the log: a command has one stream. */
const leadersHalf = (id: string): string => commandId('routing', 'leader', id);

/** Named by whoever links; by whoever unlinks, the case that the follower names. */
function leaderOf(command: StaffCommand, follower: RoutingCase): string {
  const named = 'leader' in command.body && typeof command.body.leader === 'string' ? command.body.leader : undefined;
  if (named !== undefined) return named;
  return follower.status === 'none' || follower.leader === null ? command.caseId : follower.leader;
}
