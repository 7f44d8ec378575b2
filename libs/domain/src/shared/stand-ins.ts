import type { StandIn } from '@garda/contracts';

/** Who does whose work, by day. A stand-in has nobody standing in for him in that: he is named himself, or another is. */
export class StandIns {
  private readonly last = new Map<string, StandIn>();

  /** In the order in which they were named: the last one for an officer of a unit counts. */
  constructor(named: readonly StandIn[] = []) {
    for (const one of named) this.last.set(`${one.unit} ${one.for}`, one);
  }

  standsInFor(officer: string, { id, unit }: { readonly id: string; readonly unit: string }, day: string): boolean {
    const found = this.last.get(`${unit} ${officer}`);
    return found?.standIn === id && found.from <= day && day <= found.until;
  }

  isNamed({ id, unit }: { readonly id: string; readonly unit: string }): boolean {
    return [...this.last.values()].some((one) => one.standIn === id && one.unit === unit);
  }

  /** Whose work somebody does on this day, in his unit. */
  officersOf({ id, unit }: { readonly id: string; readonly unit: string }, day: string): readonly string[] {
    return [...this.last.values()]
      .filter((one) => one.unit === unit && this.standsInFor(one.for, { id, unit }, day))
      .map((one) => one.for);
  }
}
