import type { Command } from '../load/told';
import type { CommandRow, Snapshot, Violation } from './snapshot';
import { barred, restrictedTopicOf, topicOf } from './snapshot';
import { commandIdOf } from './uuid';

/** What clients were told, against the logs. */
export function judgeTold(commands: readonly Command[], snapshot: Snapshot): Violation[] {
  const rows = new Map<string, Map<string, CommandRow>>();
  for (const database of Object.values(snapshot.databases))
    for (const log of database.logs) rows.set(log.topic, new Map(log.commands.map((row) => [row.commandId, row])));
  return commands.flatMap((command) => {
    const id = commandIdOf(command.principal, command.route, command.key);
    const topics = [topicOf(command.context), restrictedTopicOf(command.context)];
    const [mine, other] = command.restricted === true ? topics.reverse() : topics;
    return [
      ...judgeOne(command, id, rows.get(mine ?? '')?.get(id)),
      ...onItsLine(command, other ?? '', rows),
      ...manners(command),
    ];
  });
}

/** What is restricted is not in the open log, and the other way about. */
function onItsLine(
  { kind, principal, route, key }: Command,
  other: string,
  rows: ReadonlyMap<string, ReadonlyMap<string, CommandRow>>,
): Violation[] {
  const id = commandIdOf(principal, route, key);
  if (rows.get(other)?.has(id) !== true) return [];
  return [{ rule: 'each line holds its own', words: `${kind} ${id} is in the log of ${other}` }];
}

function judgeOne(command: Command, id: string, row: CommandRow | undefined): Violation[] {
  const { told, kind, answers } = command;
  const words = `${kind} ${id} (answers: ${answers.slice(-6).join(', ')})`;
  switch (told?.kind) {
    case undefined:
      return [{ rule: 'each command has an outcome', words }];
    case 'acknowledged': {
      if (row === undefined || row.position === barred) return [{ rule: 'acknowledged is in the log', words }];
      const { stream, version } = told;
      if (row.streamId !== stream)
        return [{ rule: 'acknowledged as it is', words: `${words}: ${row.streamId} is not ${stream}` }];
      if (version !== undefined && version !== row.version)
        return [{ rule: 'acknowledged as it is', words: `${words}: version ${version}, the log has ${row.version}` }];
      return [];
    }
    case 'refused':
      return row === undefined || row.position === barred
        ? []
        : [{ rule: 'refused is not in the log', words: `${words}: told ${told.code}` }];
    case 'unknown':
      return []; // whole or not at all: the log's own rules see to it
  }
}

/** Whatever fails, an answer says what to do: no 500, and a 503 says when to come back. */
function manners({ kind, answers, silentBusy }: Command): Violation[] {
  const bad = answers.find((answer) => answer.startsWith('500'));
  return [
    ...(bad === undefined ? [] : [{ rule: 'no answer 500', words: `${kind}: ${bad}` }]),
    ...(silentBusy === 0 ? [] : [{ rule: '503 says Retry-After', words: `${kind}: ${answers.join(', ')}` }]),
  ];
}
