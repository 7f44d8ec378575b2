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
import { LeaderWithdrawn } from './leader-withdrawn';
import { MandateRunsOut } from './mandate-runs-out';
import { OfficerOnLeave } from './officer-on-leave';
import { OfflineDesk } from './offline-desk';
import { ThreeTiers } from './three-tiers';
import { UnitAbolished } from './unit-abolished';
import { WhatNobodyHears } from './what-nobody-hears';

/** The last one ends the quality unit for good, so it begins when the others are over. */
const all = [
  ...[MandateRunsOut, AboutTheHead, LeaderWithdrawn],
  ...[WhatNobodyHears, ThreeTiers, OfflineDesk, OfficerOnLeave, UnitAbolished],
] as const satisfies readonly (new (doors: JourneyDoors) => Scene)[];

/** Plays every journey in one house and one time, from the morning at which the demo begins. */
export async function runJourneys(instance: Instance, say: (line: string) => void): Promise<readonly Scene[]> {
  const gateway = new Gateway(instance, new Tokens(instance));
  const intake = new Intake(instance.urls.intake);
  const { bundle } = loadCatalogue(instance.catalogue);
  const journeys = all.map((Journey) => new Journey({ gateway, intake, bundle }));
  const stories = journeys.map((journey) => [journey.title, journey.play()] as const);
  await playTogether(Object.fromEntries(stories), houseOf(gateway, say));
  return journeys;
}
