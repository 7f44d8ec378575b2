import type { ClockMove, Round, Step, Story } from './step';

/** The house in which stories are played. */
export interface House {
  moveClock(to: string): Promise<unknown>;
  /** Everything that follows from commands has happened. */
  afterCommands(): Promise<unknown>;
  /** Everything that ran out by the clock has had its effect. */
  afterClock(): Promise<unknown>;
  say(line: string): void;
}

interface Player {
  readonly name: string;
  readonly story: Story;
  next: Step | undefined;
}

/**
 * Plays several stories in one house and one time: what they do in the same round happens together, and the clock moves
 * only when all of them wait for it, to the earliest time that one asks for. So a story finds the time it asked for,
 * whatever the others do, and many stories take hardly longer than the longest.
 */
export async function playTogether(stories: Readonly<Record<string, Story>>, house: House): Promise<void> {
  const players = Object.entries(stories).map(([name, story]): Player => ({ name, story, next: undefined }));
  try {
    for (;;) {
      await Promise.all(players.filter(({ next }) => next === undefined).map(advance));
      const waiting = players.filter((one): one is Player & { next: Step } => one.next !== undefined);
      if (waiting.length === 0) return;
      const rounds = waiting.filter((one): one is Player & { next: Round } => one.next.kind === 'round');
      if (rounds.length > 0) await playRounds(rounds, house);
      else await moveTo(waiting as (Player & { next: ClockMove })[], house);
    }
  } finally {
    // A story that is left in the middle gives back what it holds.
    await Promise.allSettled(players.map(({ story }) => story.return()));
  }
}

async function advance(player: Player): Promise<void> {
  const { value, done } = await player.story.next();
  player.next = done === true ? undefined : value;
}

async function playRounds(players: readonly (Player & { next: Round })[], house: House): Promise<void> {
  for (const { name, next } of players) house.say(`  ${name}: ${next.words}`);
  // All are awaited, so that none still runs while the failure of its sister is told.
  const results = await Promise.allSettled(players.flatMap(({ next }) => next.deeds.map((deed) => deed())));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  await house.afterCommands();
  for (const player of players as readonly Player[]) player.next = undefined;
}

async function moveTo(players: readonly (Player & { next: ClockMove })[], house: House): Promise<void> {
  const [first] = players.map(({ next }) => next.to).sort((a, b) => Date.parse(a) - Date.parse(b));
  if (first === undefined) return;
  house.say(first.slice(0, 16).replace('T', ' '));
  await house.moveClock(first);
  await house.afterClock();
  for (const player of players) {
    if (Date.parse(player.next.to) > Date.parse(first)) continue;
    house.say(`  ${player.name}: ${player.next.words}`);
    (player as Player).next = undefined;
  }
}
