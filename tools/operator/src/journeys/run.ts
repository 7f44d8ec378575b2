import { Gateway } from '../gateway';
import type { Instance } from '../instance';
import { Intake } from '../intake';
import { playTogether } from '../stories/director';
import { houseOf } from '../stories/house';
import type { Doors, Scene } from '../stories/scene';
import { Tokens } from '../tokens';
import { AboutTheHead } from './about-the-head';
import { LevyUntouched } from './levy-untouched';
import { LeaderWithdrawn } from './leader-withdrawn';
import { MandateRunsOut } from './mandate-runs-out';

type Journey = new (doors: Doors) => Scene;
const together: readonly Journey[] = [MandateRunsOut, AboutTheHead, LeaderWithdrawn];
/** Compares what others see: nobody else may move meanwhile. */
const alone: readonly Journey[] = [LevyUntouched];

/** Plays the journeys in one house, from the morning at which the demo begins. */
export async function runJourneys(instance: Instance, say: (line: string) => void): Promise<readonly Scene[]> {
  const gateway = new Gateway(instance, new Tokens(instance));
  const intake = new Intake(instance.urls.intake);
  const make = (journeys: readonly Journey[]) => journeys.map((Journey) => new Journey({ gateway, intake }));
  const rounds = [make(together), ...alone.map((one) => make([one]))];
  for (const journeys of rounds) {
    const stories = journeys.map((journey) => [journey.title, journey.play()] as const);
    await playTogether(Object.fromEntries(stories), houseOf(gateway, say));
  }
  return rounds.flat();
}
