import type { Unit, UnitEnding } from '@garda/contracts';

/** Who is above whom, and who stands in for an accused unit: what the scopes of a right are judged by. */
export class UnitTree {
  private readonly units: ReadonlyMap<string, Unit>;
  private readonly successors: ReadonlyMap<string, string>;

  /** `conflict` of the policy in force: kind of the accused unit → kind, or code, of the one that stands in. */
  constructor(
    units: readonly Unit[],
    private readonly conflict: Readonly<Record<string, string>> = {},
    endings: readonly UnitEnding[] = [],
  ) {
    this.successors = new Map(endings.map(({ unit, successor }) => [unit, successor]));
    const latest = new Map<string, Unit>();
    for (const unit of units) if ((latest.get(unit.code)?.version ?? 0) < unit.version) latest.set(unit.code, unit);
    this.units = latest;
  }

  kindOf(code: string): Unit['kind'] | undefined {
    return this.units.get(code)?.kind;
  }

  /** Bodies that are no part of the regency: nothing here is theirs to do. */
  bodiesOutside(): readonly string[] {
    return [...this.units.values()].filter(({ tier }) => tier === 'external').map(({ code }) => code);
  }

  isEnded(code: string): boolean {
    return this.successors.has(code);
  }

  /** The unit itself and whoever came after it: what it had is theirs to read, and the last one's to work on. */
  withSuccessors(code: string): readonly string[] {
    const found = [code];
    for (
      let next = this.successors.get(code);
      next !== undefined && !found.includes(next);
      next = this.successors.get(next)
    )
      found.push(next);
    return found;
  }

  /** The unit itself and whoever it came after. */
  withPredecessors(code: string): readonly string[] {
    return [
      ...new Set([code, ...[...this.successors.keys()].filter((one) => this.withSuccessors(one).includes(code))]),
    ];
  }

  /** True for the unit itself and for every unit whose chain of parents reaches it. */
  isBelowOrSame(code: string, above: string): boolean {
    return this.climbs(code, above, () => true);
  }

  /** The same, but only over parents that command: a desa is guided, so its district is not its superior in line. */
  isInLineBelowOrSame(code: string, above: string): boolean {
    return this.climbs(code, above, (unit) => unit.oversight === 'line');
  }

  /** Does the conflict table name `unit` to take what is about `accused`? */
  standsInFor(accused: string, unit: string): boolean {
    const kind = this.kindOf(accused);
    const named = kind === undefined ? undefined : this.conflict[kind];
    return named !== undefined && accused !== unit && (named === unit || named === this.kindOf(unit));
  }

  /** Every unit for which this one stands in, for a query. */
  accusedOf(unit: string): string[] {
    return [...this.units.keys()].filter((accused) => this.standsInFor(accused, unit));
  }

  isStandIn(unit: string): boolean {
    return this.accusedOf(unit).length > 0;
  }

  /** Every unit at or below, for a query. */
  below(code: string): string[] {
    const found = [...this.units.keys()].filter((unit) => this.isBelowOrSame(unit, code));
    return found.includes(code) ? found : [code, ...found];
  }

  inLineBelow(code: string): string[] {
    const found = [...this.units.keys()].filter((unit) => this.isInLineBelowOrSame(unit, code));
    return found.includes(code) ? found : [code, ...found];
  }

  private climbs(from: string, to: string, follows: (unit: Unit) => boolean): boolean {
    const seen = new Set<string>();
    const climb = (at: string | undefined): void => {
      if (at === undefined || seen.has(at)) return;
      seen.add(at);
      const unit = this.units.get(at);
      if (unit !== undefined && follows(unit)) climb(unit.parent);
      climb(this.successors.get(at)); // whoever came after a unit stands where it stood
    };
    climb(from);
    return seen.has(to);
  }
}
