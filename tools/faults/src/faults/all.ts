import { brokerFaults } from './broker';
import { clockFaults } from './clock';
import { consumerFaults } from './consumers';
import { databaseFaults } from './database';
import { diskFaults } from './disk';
import type { Fault, Standalone } from './fault';
import { holes } from './hole';
import { kills } from './kills';
import { operatorFaults } from './operator';
import { poisons } from './poison';
import { queueFaults } from './queue';
import { relayFaults } from './relay';
import { stops } from './stops';
import { threeBrokers } from './three-brokers';
import { twoStarts } from './two-starts';

/** In the order in which they run: those that share a world stand together. */
export const faults: readonly (Fault | Standalone)[] = [
  ...kills,
  ...relayFaults,
  ...consumerFaults,
  ...stops,
  ...databaseFaults,
  ...brokerFaults,
  ...poisons,
  ...queueFaults,
  ...clockFaults,
  ...operatorFaults,
  ...holes,
  ...threeBrokers,
  ...diskFaults,
  twoStarts,
];
