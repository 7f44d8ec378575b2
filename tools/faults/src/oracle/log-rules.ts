import { barred, type CommandRow, type EventRow, type LogSnapshot, type Violation } from './snapshot';

/** What must hold in one log, whatever anybody was told. */
export function judgeLog({ topic, events, commands }: LogSnapshot): Violation[] {
  return [
    ...positions(topic, events),
    ...versions(topic, events),
    ...eventIds(topic, events),
    ...blocks(topic, events, commands),
  ];
}

function positions(topic: string, events: readonly EventRow[]): Violation[] {
  const found: Violation[] = [];
  let clock = '';
  for (const [i, { position, recordedAt }] of events.entries()) {
    if (position !== i + 1)
      return [{ rule: 'positions dense', words: `${topic}: position ${position} at place ${i + 1}` }];
    if (recordedAt < clock) found.push({ rule: 'recorded time never back', words: `${topic} at ${position}` });
    clock = recordedAt;
  }
  return found;
}

function versions(topic: string, events: readonly EventRow[]): Violation[] {
  const last = new Map<string, number>();
  return events.flatMap(({ streamId, version, position }) => {
    const before = last.get(streamId) ?? 0;
    last.set(streamId, version);
    if (version === before + 1) return [];
    return [
      { rule: 'versions dense', words: `${topic} at ${position}: version ${version} after ${before} of ${streamId}` },
    ];
  });
}

function eventIds(topic: string, events: readonly EventRow[]): Violation[] {
  const seen = new Set<string>();
  return events.flatMap(({ eventId, position }) => {
    if (!seen.has(eventId)) {
      seen.add(eventId);
      return [];
    }
    return [{ rule: 'each event once', words: `${topic} at ${position}: ${eventId} again` }];
  });
}

/** The events of a command stand together, in one stream or in a pair, end where its row says, and no command is half there. */
function blocks(topic: string, events: readonly EventRow[], commands: readonly CommandRow[]): Violation[] {
  const rows = new Map(commands.map((row) => [row.commandId, row]));
  const found: Violation[] = [];
  const done = new Set<string>();
  for (let at = 0; at < events.length;) {
    const first = events[at] as EventRow;
    let end = at;
    while (events[end + 1]?.commandId === first.commandId) end++;
    const last = events[end] as EventRow;
    const row = rows.get(first.commandId);
    if (done.has(first.commandId))
      found.push({
        rule: 'each command once',
        words: `${topic} at ${first.position}: ${first.commandId} has had an effect before`,
      });
    else if (row === undefined)
      found.push({
        rule: 'nothing half there',
        words: `${topic} at ${first.position}: events of ${first.commandId}, and no row of it`,
      });
    else if (row.position !== last.position || row.streamId !== last.streamId || row.version !== last.version)
      found.push({
        rule: 'nothing half there',
        words: `${topic}: ${first.commandId} ends at ${last.position}, its row says ${row.position}`,
      });
    done.add(first.commandId);
    at = end + 1;
  }
  for (const { commandId, position } of commands)
    if (!done.has(commandId) && position !== barred)
      found.push({ rule: 'nothing half there', words: `${topic}: a row of ${commandId}, and no events` });
  return found;
}
