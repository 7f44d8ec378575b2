import { resolutionReaction } from '../src/resolution/reactions';
import { followersOf } from '../src/resolution/follows';
import { NotKnownYet } from '../src/shared/fold';
import { caseId, otherCase } from './facts';
import { System } from './system';

/** Two cases of three contexts each. What one is told of the other comes by a queue of its own, early or late. */
export class Pair {
  readonly leader = new System(otherCase);
  readonly follower = new System(caseId);
  private crossed = 0;

  /** Queues that hold something; each delivers its next fact, or leaves it there where it must wait. */
  pending(): readonly (() => void)[] {
    const cross = this.crossed < this.leader.routing.log.length ? [() => this.cross()] : [];
    const within = [this.leader, this.follower].flatMap((system) =>
      system.pending().map(
        ([from, to]) =>
          () =>
            void system.deliver(from, to),
      ),
    );
    return [...within, ...cross];
  }

  settle(choose: (among: number) => number): void {
    for (let guard = 0; guard < 5000; guard += 1) {
      const queues = this.pending();
      const deliver = queues[choose(queues.length)];
      if (deliver === undefined) return;
      deliver();
    }
    throw new Error('the queues never run empty');
  }

  private cross(): void {
    const { leader, follower } = this;
    const event = leader.routing.log[this.crossed];
    if (event === undefined) return;
    if (followersOf(event).includes(follower.caseId)) {
      try {
        const { state } = follower.resolution;
        follower.append('resolution', resolutionReaction(state, event, follower.given()), event.eventId);
      } catch (error) {
        if (error instanceof NotKnownYet) return;
        throw error;
      }
    }
    this.crossed += 1;
  }
}
