import { Gateway } from '../gateway';
import type { Instance } from '../instance';
import { Intake } from '../intake';
import { playTogether } from '../stories/director';
import { houseOf } from '../stories/house';
import type { Doors, Scene } from '../stories/scene';
import { Tokens } from '../tokens';
import { AboutTheHead } from './about-the-head';
import { LeaderWithdrawn } from './leader-withdrawn';
import { MandateRunsOut } from './mandate-runs-out';
import { WhatNobodyHears } from './what-nobody-hears';

const all = [MandateRunsOut, AboutTheHead, LeaderWithdrawn, WhatNobodyHears] as const satisfies readonly (new (
  doors: Doors,
) => Scene)[];

/** Plays every journey in one house and one time, from the morning at which the demo begins. */
export async function runJourneys(instance: Instance, say: (line: string) => void): Promise<readonly Scene[]> {
  const gateway = new Gateway(instance, new Tokens(instance));
  const intake = new Intake(instance.urls.intake);
  const journeys = all.map((Journey) => new Journey({ gateway, intake }));
  const stories = journeys.map((journey) => [journey.title, journey.play()] as const);
  await playTogether(Object.fromEntries(stories), houseOf(gateway, say));
  return journeys;
}
