import type { Actor } from '@garda/contracts';
import type { EventLog } from '@garda/event-store';
import { Problem } from '@garda/service';

/**
 * The program `setup` fills an empty instance (roles.yaml: "only while intake's log is empty"): it publishes the first
 * catalogue and makes the first keys. From then on people, and the program `operations`, answer for what changes.
 * @throws Problem SETUP_CLOSED
 */
export async function refuseLateSetup(log: Pick<EventLog, 'head'>, actor: Actor): Promise<void> {
  if (actor.kind !== 'program' || actor.id !== 'setup') return;
  if ((await log.head()) > 0n) throw new Problem('SETUP_CLOSED');
}
