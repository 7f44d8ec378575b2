import type { DatabaseSnapshot, Move, Snapshot, TopicRecord, Violation } from './snapshot';
import { consumersOf } from './snapshot';

/** Cursors at the end of what they read, nothing held back, and no cursor or checkpoint ever went back. */
export function judgeConsumers(snapshot: Snapshot): Violation[] {
  return Object.entries(snapshot.databases).flatMap(([name, database]) => [
    ...cursorsAtEnd(name, database, snapshot.topics),
    ...database.parked.map(({ consumer, key, errorCode }) => ({
      rule: 'nothing parked',
      words: `${name}: ${consumer} holds ${key} (${errorCode ?? 'behind another'})`,
    })),
    ...forwardOnly(name, database.moves),
    ...projectionsAtEnd(name, database),
    ...relayedToEnd(database),
  ]);
}

function cursorsAtEnd(name: string, { cursors }: DatabaseSnapshot, topics: Snapshot['topics']): Violation[] {
  return Object.entries(consumersOf[name] ?? {}).flatMap(([consumer, heard]) =>
    heard.flatMap((topic) =>
      [...lastSeqs(topics.get(topic) ?? [])].flatMap(([partition, seq]) => {
        const at =
          cursors.find((one) => one.consumer === consumer && one.topic === topic && one.partition === partition)?.seq ??
          0;
        if (at === seq) return [];
        return [
          { rule: 'cursors at the end', words: `${name}: ${consumer} at ${at} of ${seq} in ${topic}/${partition}` },
        ];
      }),
    ),
  );
}

function lastSeqs(records: readonly TopicRecord[]): Map<number, number> {
  const last = new Map<number, number>();
  for (const { partition, headers } of records)
    last.set(partition, Math.max(last.get(partition) ?? 0, Number(headers['seq'])));
  return last;
}

function forwardOnly(name: string, moves: readonly Move[]): Violation[] {
  return moves.flatMap(({ what, place, was, became, revisionWas, revisionBecame }) => {
    const back = what === 'checkpoint' ? became <= was : became < was;
    const skipped = revisionWas !== null && revisionBecame !== revisionWas + 1;
    if (!back && !skipped) return [];
    return [{ rule: `a ${what} only moves forward`, words: `${name}: ${place} from ${was} to ${became}` }];
  });
}

function projectionsAtEnd(name: string, { projections, logs }: DatabaseSnapshot): Violation[] {
  return projections.flatMap((one) => {
    const head =
      logs.find(({ topic }) => topic.includes('restricted') === (one.log === 'log_restricted'))?.events.length ?? 0;
    if (one.position === head) return [];
    return [{ rule: 'projections at the head', words: `${name}: ${one.name} at ${one.position} of ${head}` }];
  });
}

function relayedToEnd({ logs }: DatabaseSnapshot): Violation[] {
  return logs.flatMap(({ topic, events, checkpoint }) =>
    checkpoint?.position === events.length
      ? []
      : [{ rule: 'all is relayed', words: `${topic}: ${checkpoint?.position ?? 'no checkpoint'} of ${events.length}` }],
  );
}
