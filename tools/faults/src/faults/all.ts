import { brokerFaults } from './broker';
import { consumerFaults } from './consumers';
import { databaseFaults } from './database';
import type { Fault } from './fault';
import { kills } from './kills';
import { relayFaults } from './relay';
import { stops } from './stops';

/** In the order in which they run: those that share a world stand together. */
export const faults: readonly Fault[] = [
  ...kills,
  ...relayFaults,
  ...consumerFaults,
  ...stops,
  ...databaseFaults,
  ...brokerFaults,
];
