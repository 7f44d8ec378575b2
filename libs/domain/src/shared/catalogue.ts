import {
  Refusal,
  tiers,
  type Actor,
  type RoutingPolicy,
  type ServiceStandard,
  type StandIn,
  type Unit,
  type UnitEnding,
  type WorkCalendar,
} from '@garda/contracts';
import { importProgram, isImport } from './actor';
import { officeCalendar } from './calendar';
import { StandIns } from './stand-ins';
import { Succession } from './succession';

/** All versions that a service has seen, in any order. */
export interface CatalogueRows {
  readonly standards: readonly ServiceStandard[];
  readonly units: readonly Unit[];
  readonly calendars: readonly WorkCalendar[];
  readonly policies: readonly RoutingPolicy[];
  readonly endings?: readonly UnitEnding[];
  readonly standIns?: readonly StandIn[];
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
  private readonly succession: Succession;
  private readonly standIns: StandIns;

  constructor(private readonly rows: CatalogueRows) {
    latest(rows.standards, this.standards);
    latest(rows.units, this.units);
    this.succession = new Succession(rows.endings);
    this.standIns = new StandIns(rows.standIns);
    // Two units with one function: the first by code, so that every service finds the same.
    const sorted = [...this.units.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
    for (const unit of sorted.filter(({ code }) => !this.isEnded(code))) this.serves(unit, unit);
    // What nobody has any more, the successor of whoever had it has.
    for (const unit of sorted) this.serves(unit, this.unit(this.present(unit.code)) ?? unit);
  }

  private serves({ functions, tier, area }: Unit, by: Unit): void {
    for (const name of functions) if (!this.byFunction.has(name)) this.byFunction.set(name, by);
    const place = `${tier} ${area}`;
    if (area !== undefined && !this.byArea.has(place)) this.byArea.set(place, by);
  }

  /** The latest edition, published or concept. */
  standard(code: string): ServiceStandard | undefined {
    return this.standards.get(code);
  }

  unit(code: string): Unit | undefined {
    return this.units.get(code);
  }

  /** Units that are no more. */
  get ended(): readonly string[] {
    return this.succession.ended;
  }

  /** Whether a unit is no more; its successor has what it had. */
  isEnded(code: string): boolean {
    return this.succession.isEnded(code);
  }

  /** The unit itself, or the one that has come after it. */
  present(code: string): string {
    return this.succession.present(code);
  }

  /** Whether somebody acts for this unit: its staff, its successor's, or the program `import`. Nobody of a unit that ended. */
  actsFor(actor: Actor, unit: string): boolean {
    return isImport(actor) || (actor.kind === 'staff' && actor.unit === this.present(unit));
  }

  /** Whether an officer's work is this person's now: his own, or that of an officer for whom he stands in today. */
  doesWorkOf(officer: string, actor: Actor, now: string): boolean {
    if (actor.kind !== 'staff') return isImport(actor) && officer === importProgram;
    return actor.id === officer || this.standIns.standsInFor(officer, actor, this.dayOf(now));
  }

  /** Whether somebody was ever named to stand in for anybody in his unit. */
  mayStandIn(who: { readonly id: string; readonly unit: string }): boolean {
    return this.standIns.isNamed(who);
  }

  /** For whom somebody stands in today. */
  standsInFor(who: { readonly id: string; readonly unit: string }, now: string): readonly string[] {
    return this.standIns.officersOf(who, this.dayOf(now));
  }

  /** The day in the office's zone. */
  dayOf(now: string): string {
    return officeCalendar(this.latestCalendar()).dateOf(Date.parse(now));
  }

  /** The unit that has a function; functions decide routing, names never. */
  unitWithFunction(name: string): Unit | undefined {
    return this.byFunction.get(name);
  }

  unitOfKind(kind: Unit['kind']): Unit | undefined {
    const all = [...this.byFunction.values(), ...this.units.values()];
    return all.find((unit) => unit.kind === kind && !this.isEnded(unit.code));
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
    return tiers.some((tier) => this.byArea.has(`${tier} ${area}`));
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

  /** Who takes what is about an accused unit, by the policy's table of conflicts; a body outside may be named. */
  standInFor(accused: string): Unit | undefined {
    const unit = this.units.get(accused);
    if (unit === undefined || this.rows.policies.length === 0) return undefined;
    const named = this.latestPolicy().conflict[unit.kind];
    if (named === undefined) return undefined;
    return this.units.get(this.present(named)) ?? this.unitOfKind(named as Unit['kind']);
  }

  /** Rule 8: such a unit keeps away, unless the policy names it to stand in: somebody must answer. */
  keepsAway(unit: string, reported: string | null | undefined): boolean {
    if (reported == null || !this.isAboveOrSame(unit, reported)) return false;
    return unit === reported || this.standInFor(reported)?.code !== unit;
  }

  /** Whether it is the reported unit, came after it, or is above it in line. */
  isAboveOrSame(unit: string, reported: string | null | undefined): boolean {
    const seen = new Set<string>();
    const climb = (at: string | undefined): void => {
      if (at === undefined || seen.has(at)) return;
      seen.add(at);
      const below = this.units.get(at);
      if (below?.oversight === 'line') climb(below.parent);
      climb(this.succession.after(at)); // whoever came after the reported unit has its people
    };
    climb(reported ?? undefined);
    return seen.has(unit);
  }

  /** Whether a unit is another one or below it, over all its parents: a desa is below its district, though only guided. */
  isBelowOrSame(unit: string, above: string): boolean {
    const seen = new Set<string>();
    for (let at: string | undefined = unit; at !== undefined && !seen.has(at); at = this.parentOf(at)) {
      if (at === above) return true;
      seen.add(at);
    }
    return false;
  }

  /** Whether a member of staff belongs to a unit of one of these kinds; one that ended has no work any more. */
  isOfKind(actor: Actor, ...kinds: readonly Unit['kind'][]): boolean {
    if (actor.kind !== 'staff' || this.isEnded(actor.unit)) return false;
    return kinds.some((kind) => this.units.get(actor.unit)?.kind === kind);
  }

  /** The parent as it is now: a parent that ended has a successor. */
  private parentOf(code: string): string | undefined {
    const parent = this.units.get(code)?.parent;
    return parent === undefined ? undefined : this.present(parent);
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
