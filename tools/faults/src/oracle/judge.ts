import type { Command } from '../load/told';
import { judgeConsumers } from './consumer-rules';
import { judgeLog } from './log-rules';
import { judgeReactions } from './reaction-rules';
import type { Snapshot, Violation } from './snapshot';
import { atMost } from './snapshot';
import { judgeTold } from './told-rules';
import { judgeTopic } from './topic-rules';
import { judgeViews } from './view-rules';

/** What must hold at any moment, whatever stands still: the logs, and what clients were told of them. */
export function judgeLogs(commands: readonly Command[], snapshot: Snapshot): Violation[] {
  const logs = Object.values(snapshot.databases).flatMap((database) => database.logs);
  return atMost(3, [...logs.flatMap(judgeLog), ...judgeTold(commands, snapshot)]);
}

/** Everything that must hold once a world has come to rest. */
export function judge(commands: readonly Command[], snapshot: Snapshot, partitions: number): Violation[] {
  const logs = Object.values(snapshot.databases).flatMap((database) => database.logs);
  return atMost(3, [
    ...logs.flatMap(judgeLog),
    ...judgeTold(commands, snapshot),
    ...logs.flatMap((log) => judgeTopic(log, snapshot.topics.get(log.topic) ?? [], partitions)),
    ...judgeReactions(snapshot),
    ...judgeConsumers(snapshot),
    ...judgeViews(snapshot),
  ]);
}
