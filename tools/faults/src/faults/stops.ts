import type { Load } from '../load/load';
import { commandIdOf } from '../oracle/uuid';
import type { Violation } from '../oracle/snapshot';
import { stateOf } from '../world/process';
import type { LogName } from '../world/services';
import type { World } from '../world/world';
import { demand, type Fault } from './fault';

/** SIGTERM in the middle of the work: whatever was accepted is answered, so that nobody has to ask what became of it. */
function stop(name: LogName | 'gateway'): Fault {
  return {
    name: `sigterm-${name}`,
    kind: 'cheap',
    strike: async ({ world, load }) => {
      const { child } = world.services.of(name);
      const before = load.commands.length;
      load.hangUp = true;
      const { pid } = child.mark;
      await world.services.stop(name);
      const how = await child.end;
      load.hangUp = false;
      demand(stateOf(pid) === undefined, `${name} still runs`);
      return {
        proof: `${name} (pid ${pid}) ended: ${how}`,
        heal: async () => void (await world.services.start(name)),
        after: async () => [...(await unanswered(world, load, before)), ...orderly(name, how)],
      };
    },
  };
}

function orderly(name: string, how: string): Violation[] {
  return how === 'exit code 0' ? [] : [{ rule: 'SIGTERM ends in order', words: `${name} ended by ${how}` }];
}

const broken = new Set(['ECONNRESET', 'EPIPE']);

/** Nobody repeated a command in those moments: one whose connection broke must have had no effect. */
async function unanswered({ postgres }: World, load: Load, before: number): Promise<Violation[]> {
  const asked = load.commands
    .slice(Math.max(0, before - 600))
    .filter(({ answers }) => answers.length === 1 && broken.has(answers[0] ?? ''));
  const found: Violation[] = [];
  for (const { context, principal, route, key, kind } of asked) {
    const id = commandIdOf(principal, route, key);
    const rows = await postgres.ask(context, 'select 1 from log.commands where command_id = $1', [id]);
    if (rows.length > 0)
      found.push({
        rule: 'every accepted request is answered',
        words: `${kind} ${id} was stored, its caller heard nothing`,
      });
  }
  return found;
}

export const stops: readonly Fault[] = (['intake', 'routing', 'resolution', 'gateway'] as const).map(stop);
