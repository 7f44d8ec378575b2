/** Something that one person does over HTTP. */
export type Deed = () => Promise<unknown>;

/** What a story asks for next: deeds that happen at the same time, or another time of the case clock. */
export type Step = Round | ClockMove;
export interface Round {
  readonly kind: 'round';
  readonly words: string;
  readonly deeds: readonly Deed[];
}
export interface ClockMove {
  readonly kind: 'clock';
  readonly words: string;
  /** ISO 8601 with zone. */
  readonly to: string;
}

/**
 * A story goes on where it yielded once its deeds were done, everything that follows from them has happened, and
 * nothing moves any more. No two deeds of one round, of whatever story, are about the same case.
 */
export type Story = AsyncGenerator<Step, void, void>;

export function round(words: string, ...deeds: readonly Deed[]): Round {
  return { kind: 'round', words, deeds };
}

export function clock(to: string, words: string): ClockMove {
  return { kind: 'clock', words, to };
}
