import { loadCatalogue } from '@garda/catalogue';
import { Gateway } from '../gateway';
import type { Instance } from '../instance';
import { Intake } from '../intake';
import { playTogether } from '../stories/director';
import { houseOf } from '../stories/house';
import type { Scene } from '../stories/scene';
import { Tokens } from '../tokens';
import { AboutTheHead } from './about-the-head';
import type { JourneyDoors } from './journey-doors';
import { LevyUntouched } from './levy-untouched';
import { LeaderWithdrawn } from './leader-withdrawn';
import { MandateRunsOut } from './mandate-runs-out';
import { OfficerOnLeave } from './officer-on-leave';
import { OfflineDesk } from './offline-desk';
import { ThreeTiers } from './three-tiers';
import { UnitAbolished } from './unit-abolished';
import { WhatNobodyHears } from './what-nobody-hears';

type Journey = new (doors: JourneyDoors) => Scene;
const together: readonly Journey[] = [
  ...[MandateRunsOut, AboutTheHead, LeaderWithdrawn],
  ...[WhatNobodyHears, ThreeTiers, OfflineDesk, OfficerOnLeave],
];
/** One compares what others see, so that nobody else may move meanwhile; the last ends the quality unit for good. */
const alone: readonly Journey[] = [LevyUntouched, UnitAbolished];

/** Plays the journeys in one house, from the morning at which the demo begins. */
export async function runJourneys(instance: Instance, say: (line: string) => void): Promise<readonly Scene[]> {
  const gateway = new Gateway(instance, new Tokens(instance));
  const intake = new Intake(instance.urls.intake);
  const { bundle } = loadCatalogue(instance.catalogue);
  const make = (journeys: readonly Journey[]) => journeys.map((Journey) => new Journey({ gateway, intake, bundle }));
  const rounds = [make(together), ...alone.map((one) => make([one]))];
  for (const journeys of rounds) {
    const stories = journeys.map((journey) => [journey.title, journey.play()] as const);
    await playTogether(Object.fromEntries(stories), houseOf(gateway, say));
  }
  return rounds.flat();
}
