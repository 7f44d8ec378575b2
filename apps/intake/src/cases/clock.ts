import { randomUUID } from 'node:crypto';
import { fireIntake } from '@garda/domain';
import { commandId } from '@garda/event-store';
import type { DueRow } from '@garda/service';
import type { CaseStream } from './case-stream';

/** A clock that ran out as a command: its id is made of what ran out, so that each rung fires once over all replicas. */
export function fireClock(cases: CaseStream): (row: DueRow) => Promise<unknown> {
  return ({ caseId, clock, startedVersion, rung }) => {
    const id = commandId('intake', 'clock', caseId, clock, String(startedVersion), String(rung));
    const actor = { kind: 'system', id: 'intake-clock' } as const;
    const context = { actor, correlationId: randomUUID() };
    return cases.decide({ caseId, context, commandId: id, requestHash: null }, (state, given) =>
      fireIntake(state, { clock, startedVersion, rung }, given),
    );
  };
}
