import {
  Refusal,
  type Actor,
  type RoutingPolicy,
  type ServiceStandard,
  type Unit,
  type WorkCalendar,
} from '@garda/contracts';

/** All versions that a service has seen, in any order. */
export interface CatalogueRows {
  readonly standards: readonly ServiceStandard[];
  readonly units: readonly Unit[];
  readonly calendars: readonly WorkCalendar[];
  readonly policies: readonly RoutingPolicy[];
}

/** A version that an event names is not seen yet: the case waits for it, it is never guessed. */
export class ReferenceMissing extends Error {
  override readonly name = 'ReferenceMissing';
  readonly code = 'REFERENCE_NOT_SEEN';
  constructor(what: string) {
    super(`${what} is not seen yet`);
  }
}

const natural = new Intl.Collator('en', { numeric: true });

/** The reference data in memory: what the rules look up. Immutable; a new edition is a new object. */
export class Catalogue {
  private readonly units = new Map<string, Unit>();
  private readonly standards = new Map<string, ServiceStandard>();
  private readonly byFunction = new Map<string, Unit>();
  private readonly byArea = new Map<string, Unit>();

  constructor(private readonly rows: CatalogueRows) {
    latest(rows.standards, this.standards);
    latest(rows.units, this.units);
    // Two units with one function: the first by code, so that every service finds the same.
    for (const unit of [...this.units.values()].sort((a, b) => (a.code < b.code ? -1 : 1))) {
      for (const name of unit.functions) if (!this.byFunction.has(name)) this.byFunction.set(name, unit);
      if (unit.area !== undefined) this.byArea.set(`${unit.tier} ${unit.area}`, unit);
    }
  }

  /** The latest edition, published or concept. */
  standard(code: string): ServiceStandard | undefined {
    return this.standards.get(code);
  }

  unit(code: string): Unit | undefined {
    return this.units.get(code);
  }

  /** The unit that has a function; functions decide routing, names never. */
  unitWithFunction(name: string): Unit | undefined {
    return this.byFunction.get(name);
  }

  unitOfKind(kind: Unit['kind']): Unit | undefined {
    return [...this.byFunction.values(), ...this.units.values()].find((unit) => unit.kind === kind);
  }

  /** The village or district office that serves an area; a village's code finds its district too. */
  unitForArea(tier: 'village' | 'district', area: string): Unit | undefined {
    for (let code = area; ; code = code.slice(0, code.lastIndexOf('.'))) {
      const unit = this.byArea.get(`${tier} ${code}`);
      if (unit !== undefined || !code.includes('.')) return unit;
    }
  }

  /** Whether some office serves exactly this area. */
  hasArea(area: string): boolean {
    return this.byArea.has(`village ${area}`) || this.byArea.has(`district ${area}`) || this.hasOtherArea(area);
  }

  /** Throws `ReferenceMissing`: whoever needs a version waits for it. */
  calendar(version: string): WorkCalendar {
    const found = this.rows.calendars.find((calendar) => calendar.version === version);
    if (found === undefined) throw new ReferenceMissing(`calendar ${version}`);
    return found;
  }

  /** Throws `ReferenceMissing`: whoever needs a version waits for it. */
  policy(version: number): RoutingPolicy {
    const found = this.rows.policies.find((policy) => policy.version === version);
    if (found === undefined) throw new ReferenceMissing(`policy ${version}`);
    return found;
  }

  /** The newest edition by its name (2026.2 after 2026.1); of several, the one that covers `day`. */
  latestCalendar(day?: string): WorkCalendar {
    const sorted = [...this.rows.calendars].sort((a, b) => natural.compare(b.version, a.version));
    const found = sorted.find((c) => day === undefined || (c.firstDay <= day && day <= c.lastDay)) ?? sorted[0];
    if (found === undefined) throw new ReferenceMissing('a calendar');
    return found;
  }

  latestPolicy(): RoutingPolicy {
    const found = [...this.rows.policies].sort((a, b) => b.version - a.version)[0];
    if (found === undefined) throw new ReferenceMissing('a policy');
    return found;
  }

  /**
   * Rule 8: a unit, and every unit above it in line, keeps away from what is reported about it; not so the one that the
   * conflict table names to stand in.
   */
  keepsAway(unit: string, reported: string | null | undefined): boolean {
    if (reported === null || reported === undefined) return false;
    return this.isAboveOrSame(unit, reported) && (unit === reported || this.standIn(reported)?.code !== unit);
  }

  /** Who takes what is about the accused, by the policy in force; a body outside means referral. */
  standIn(accused: string): Unit | undefined {
    const kind = this.units.get(accused)?.kind;
    const [policy] = [...this.rows.policies].sort((a, b) => b.version - a.version);
    const named = kind === undefined ? undefined : policy?.conflict[kind];
    if (named === undefined) return undefined;
    return this.units.get(named) ?? [...this.units.values()].find((unit) => unit.kind === named);
  }

  private isAboveOrSame(unit: string, reported: string): boolean {
    const seen = new Set<string>();
    for (let at: string | undefined = reported; at !== undefined && !seen.has(at);) {
      if (at === unit) return true;
      seen.add(at);
      const below = this.units.get(at);
      at = below?.oversight === 'line' ? below.parent : undefined;
    }
    return false;
  }

  /** Whether a unit is another one or below it, over all its parents: a desa is below its district, though only guided. */
  isBelowOrSame(unit: string, above: string): boolean {
    const seen = new Set<string>();
    for (let at: string | undefined = unit; at !== undefined && !seen.has(at); at = this.units.get(at)?.parent) {
      if (at === above) return true;
      seen.add(at);
    }
    return false;
  }

  /** Whether a member of staff belongs to a unit of one of these kinds. */
  isOfKind(actor: Actor, ...kinds: readonly Unit['kind'][]): boolean {
    const kind = actor.kind === 'staff' ? this.units.get(actor.unit)?.kind : undefined;
    return kind !== undefined && kinds.includes(kind);
  }

  private hasOtherArea(area: string): boolean {
    return this.byArea.has(`agency ${area}`) || this.byArea.has(`regency ${area}`);
  }
}

function latest<T extends { code: string; version: number }>(rows: readonly T[], into: Map<string, T>): void {
  for (const row of rows) if ((into.get(row.code)?.version ?? 0) < row.version) into.set(row.code, row);
}

/** Rule 8, as a refusal. */
export function checkNotReported(catalogue: Catalogue, actor: Actor, reported: string | null): void {
  if (actor.kind === 'staff' && catalogue.keepsAway(actor.unit, reported))
    throw new Refusal('UNIT_JUDGES_ITSELF', `${actor.unit} is reported, or above the reported unit`);
}
