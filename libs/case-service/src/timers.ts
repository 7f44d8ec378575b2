import { randomUUID } from 'node:crypto';
import { commandId } from '@garda/event-store';
import type { DueRow } from '@garda/service';
import type { CaseDecisions } from './decisions';

/**
 * A clock that ran out as a command. Its id is made of case, clock, started version and rung: however many replicas
 * sweep, each rung fires once. The rule looks again at the folded state; when nothing is due any more, nothing is
 * appended, not even the command's id.
 */
export function fireDue<S, C>(decisions: CaseDecisions<S, C>): (row: DueRow) => Promise<void> {
  const { rules } = decisions;
  return async ({ caseId, clock, startedVersion, rung }) => {
    const ask = {
      caseId,
      commandId: commandId(rules.context, 'clock', caseId, clock, String(startedVersion), String(rung)),
      requestHash: null,
      meta: { correlationId: randomUUID(), actor: { kind: 'system' as const, id: `${rules.context}-clock` } },
    };
    await decisions.decide(ask, (state, given) => rules.fire(state, { clock, startedVersion, rung }, given));
  };
}
