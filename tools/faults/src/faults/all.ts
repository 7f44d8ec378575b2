import type { Fault } from './fault';
import { kills } from './kills';

/** In the order in which they run: those that share a world stand together. */
export const faults: readonly Fault[] = [...kills];
