import type { NewEvent, RecordedEvent } from '@garda/contracts';
import type { IntakeCase } from '../src/intake/case';
import { intakeFold } from '../src/intake/evolve';
import { intakeReaction } from '../src/intake/reactions';
import { fireResolution, resolutionDue } from '../src/resolution/due';
import { resolutionFold } from '../src/resolution/evolve';
import { resolutionReaction } from '../src/resolution/reactions';
import { fireRouting, routingDue } from '../src/routing/due';
import { routingFold } from '../src/routing/evolve';
import { routingReaction } from '../src/routing/reactions';
import type { ResolutionCase } from '../src/resolution/case';
import type { RoutingCase } from '../src/routing/case';
import { NotKnownYet, type Fold, type Given } from '../src/shared/fold';
import type { Catalogue } from '../src/shared/catalogue';
import { catalogue as published } from './catalogue';
import { caseId as theCase } from './facts';
import { givenAt, id, monday } from './spec';

const names = ['intake', 'routing', 'resolution'] as const;
type Name = (typeof names)[number];

interface Context<S> {
  readonly fold: Fold<S>;
  readonly react: (state: S, event: RecordedEvent, given: Given) => readonly NewEvent[];
  readonly hears: readonly Name[];
  log: RecordedEvent[];
  state: S;
  /** How far each topic is heard. */
  heard: Record<Name, number>;
}

/** The three contexts of one case with a queue between each two: one clock, order within a topic kept. */
export class System {
  now = monday;
  /** Which deed of the story is next: part of the ids of what it causes. */
  deed = 0;
  /** What is published; another one after a reform. */
  catalogue: Catalogue = published;
  readonly intake = context<IntakeCase>(intakeFold, intakeReaction, ['resolution']);
  readonly routing = context<RoutingCase>(routingFold, routingReaction, ['intake', 'resolution']);
  readonly resolution = context<ResolutionCase>(resolutionFold, resolutionReaction, ['routing', 'intake']);

  constructor(readonly caseId = theCase) {}

  given(): Given {
    return { ...givenAt(this.now), catalogue: this.catalogue };
  }

  append(name: Name, facts: readonly NewEvent[], causes = ''): void {
    facts.forEach((fact, index) => {
      const self = this[name] as Context<unknown>;
      const version = self.log.length + 1;
      // The id tells what caused a fact, so that it is the same in every order of delivery.
      const own = this.caseId === theCase ? '' : this.caseId;
      const eventId = id(`${own}${name} ${fact.type} ${causes || this.deed} ${index}`);
      const event: RecordedEvent = {
        ...fact,
        eventId,
        meta: { commandId: eventId, correlationId: this.caseId, actor: { kind: 'system', id: 'system' } },
        occurredAt: this.now,
        recordedAt: this.now,
        position: BigInt(version),
        version,
        streamId: `case-${this.caseId}`,
        keyHash: 0,
      };
      self.log = [...self.log, event];
      self.state = self.fold.evolve(self.state, event);
    });
  }

  /** The same case again, to go on from here in another way. */
  copy(): System {
    const twin = new System(this.caseId);
    twin.now = this.now;
    twin.deed = this.deed;
    twin.catalogue = this.catalogue;
    for (const name of names) {
      const [mine, its] = [this[name] as Context<unknown>, twin[name] as Context<unknown>];
      its.log = mine.log;
      its.state = mine.state;
      its.heard = { ...mine.heard };
    }
    return twin;
  }

  /** Lets time pass until the next clock of the case runs out, and lets it run out. False where none is running. */
  passTime(): boolean {
    const { catalogue } = this.given();
    const due = [
      ...routingDue(this.routing.state, catalogue).map((row) => ({ row, of: 'routing' as const })),
      ...resolutionDue(this.resolution.state, catalogue).map((row) => ({ row, of: 'resolution' as const })),
    ].sort((a, b) => Date.parse(a.row.dueAt) - Date.parse(b.row.dueAt));
    const [first] = due;
    if (first === undefined) return false;
    if (Date.parse(first.row.dueAt) > Date.parse(this.now)) this.now = first.row.dueAt;
    const given = this.given();
    // As the sweepers do: every clock of that context that has run out is asked, and the rules choose.
    for (const { row, of } of due)
      if (of === 'routing') this.append(of, fireRouting(this.routing.state, row, given), `${row.clock} ${row.rung}`);
      else this.append(of, fireResolution(this.resolution.state, row, given), `${row.clock} ${row.rung}`);
    return true;
  }

  /** Queues that hold something. */
  pending(): readonly (readonly [Name, Name])[] {
    return names.flatMap((to) =>
      this[to].hears.filter((from) => this[to].heard[from] < this[from].log.length).map((from) => [from, to] as const),
    );
  }

  /** Delivers the next fact of one queue; false where it must wait for another topic. */
  deliver(from: Name, to: Name): boolean {
    const self = this[to] as Context<unknown>;
    const event = this[from].log[self.heard[from]];
    if (event === undefined) return false;
    try {
      this.append(to, self.react(self.state, event, this.given()), event.eventId);
    } catch (error) {
      if (error instanceof NotKnownYet) return false;
      throw error;
    }
    self.heard[from] += 1;
    return true;
  }

  /** Delivers until nothing is left; `choose` picks the queue. */
  settle(choose: (choices: number) => number): void {
    for (let guard = 0; guard < 2000; guard += 1) {
      const queues = this.pending();
      const queue = queues[choose(queues.length)];
      if (queue === undefined) return;
      this.deliver(...queue);
    }
    throw new Error('the queues never run empty');
  }
}

function context<S>(fold: Fold<S>, react: Context<S>['react'], hears: readonly Name[]): Context<S> {
  return { fold, react, hears, log: [], state: fold.initial, heard: { intake: 0, routing: 0, resolution: 0 } };
}
