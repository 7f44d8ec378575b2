import { loadCatalogue } from '@garda/catalogue';
import { Gateway } from '../gateway';
import type { Instance } from '../instance';
import { Intake } from '../intake';
import { Tokens } from '../tokens';
import { differences, type Difference, type Seen } from './expectation';
import { auditor } from './people';
import { localMinute, seenOf } from './seen';
import { AThankYou } from './scenes/a-thank-you';
import { LampOnTheCoastRoad } from './scenes/lamp-on-the-coast-road';
import { MonthlySheet } from './scenes/monthly-sheet';
import { NobodyAnswers } from './scenes/nobody-answers';
import type { Scene } from '../stories/scene';
import { SixDays } from './scenes/six-days';
import { TulisOneMorning } from './scenes/tulis-one-morning';
import { Stage } from './stage';
import { playTogether } from '../stories/director';
import { houseOf } from '../stories/house';
import { fifteenCases } from './story';
import { caseNames, expectations, type CaseName } from './table';

export interface CaseResult {
  readonly name: CaseName;
  readonly number: string;
  readonly seen: Seen;
  readonly differences: readonly Difference[];
}
export interface DemoResult {
  readonly cases: readonly CaseResult[];
  readonly scenes: readonly Scene[];
  /** Facts of the demo's cases in all contexts. */
  readonly events: number;
  readonly mismatches: number;
  readonly seconds: number;
}

/** Plays the whole story over HTTP and compares every case with its expectation. */
export async function runDemo(instance: Instance, say: (line: string) => void): Promise<DemoResult> {
  const began = Date.now();
  const gateway = new Gateway(instance, new Tokens(instance));
  const stage = new Stage(gateway, new Intake(instance.urls.intake));
  const zone = loadCatalogue(instance.catalogue).bundle.calendars[0]?.zone ?? 'UTC';
  const due = new DueNotes(gateway, zone);
  say('Monday, 2 March 2026, 08:00 in Batang');
  const apiKey = await gateway.makeApiKey('demo');
  const scenes = scenesOf(stage);
  const stories = scenes.map((scene) => [scene.title, scene.play()] as const);
  const together = { cases: fifteenCases(stage, apiKey, () => due.note(stage)), ...Object.fromEntries(stories) };
  await playTogether(together, houseOf(gateway, say));
  const cases = await Promise.all(caseNames.map((name) => compare(stage, name, due)));
  return {
    cases: cases.map(({ result }) => result),
    events: sumOf(cases, ({ events }) => events),
    scenes,
    mismatches: sumOf(cases, ({ result }) => result.differences.length) + sumOf(scenes, ({ wrong }) => wrong),
    seconds: Math.round((Date.now() - began) / 100) / 10,
  };
}

function scenesOf(stage: Stage): readonly Scene[] {
  const morning = new TulisOneMorning(stage);
  return [
    ...[morning, new SixDays(stage, morning), new AThankYou(stage)],
    ...[new LampOnTheCoastRoad(stage, stage), new NobodyAnswers(stage, stage), new MonthlySheet(stage)],
  ];
}

function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

async function compare(stage: Stage, name: CaseName, due: DueNotes): Promise<{ result: CaseResult; events: number }> {
  const file = await stage.gateway.caseFile(auditor, stage.idOf(name));
  const seen = seenOf(file, { first: due.of(name), afterStop: due.at(file.dueAt) });
  return {
    result: { name, number: file.number, seen, differences: differences(expectations[name], seen) },
    events: file.timeline.length,
  };
}

/** The promise as it stands when a case is first seen; stops move it later. */
class DueNotes {
  private readonly notes = new Map<CaseName, string>();

  constructor(
    private readonly gateway: Gateway,
    private readonly zone: string,
  ) {}

  async note(stage: Stage): Promise<void> {
    const fresh = [...stage.players.keys()].filter((name) => !this.notes.has(name));
    const files = fresh.map(async (name) => [name, await this.gateway.caseFile(auditor, stage.idOf(name))] as const);
    for (const [name, { dueAt }] of await Promise.all(files)) this.notes.set(name, this.at(dueAt));
  }

  of(name: CaseName): string {
    return this.notes.get(name) ?? '';
  }

  at(instant: string | null | undefined): string {
    return localMinute(instant, this.zone);
  }
}
