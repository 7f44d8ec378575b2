import type { Gateway } from '../gateway';
import { Settling } from '../settle';
import type { House } from './director';

/** A running instance in demo or test mode, as a house to play in. */
export function houseOf(gateway: Gateway, say: (line: string) => void): House {
  const settling = new Settling(gateway);
  return {
    moveClock: (to) => gateway.moveClock(to),
    afterCommands: () => settling.afterCommands(),
    afterClock: () => settling.afterClock(),
    say,
  };
}
