import type { UnitEnding } from '@garda/contracts';

/** Which units are no more, and who has what they had. */
export class Succession {
  private readonly successors: ReadonlyMap<string, string>;

  constructor(endings: readonly UnitEnding[] = []) {
    this.successors = new Map(endings.map(({ unit, successor }) => [unit, successor]));
  }

  get ended(): readonly string[] {
    return [...this.successors.keys()];
  }

  isEnded(code: string): boolean {
    return this.successors.has(code);
  }

  /** The unit itself, or who has come after it, over as many reforms as there were. */
  present(code: string): string {
    const seen = new Set<string>();
    let at = code;
    for (let next = this.successors.get(at); next !== undefined && !seen.has(next); next = this.successors.get(at)) {
      seen.add(at);
      at = next;
    }
    return at;
  }

  /** Who came directly after it; none while it lives. */
  after(code: string): string | undefined {
    return this.successors.get(code);
  }
}
