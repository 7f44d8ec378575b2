import type { Catalogue } from '@garda/domain';
import type { CaseClock, Principal as Proven } from '@garda/service';
import { factsOf } from '../case-file/case-files';
import type { CaseFileRow } from '../case-file/entities';
import { mayDo, seesWithheld, type CaseFacts, type Principal, type RightCode, type Verdict } from './may-do';
import type { Roles } from './roles';
import type { UnitTree } from './units';

/** The rights say no. The code says which rule, in words an officer understands (the table of problems). */
class RightRefused extends Error {
  override readonly name = 'RightRefused';
  constructor(
    readonly code: RightCode,
    verb: string,
  ) {
    super(verb);
  }
}

/** What a guard proved, as the rights see it. Nobody else comes in here. */
export function whoOf({ actor, roles }: Proven): Principal {
  if (actor.kind === 'staff') return { kind: 'staff', id: actor.id, unit: actor.unit, roles };
  if (actor.kind === 'program') return { kind: 'program', id: actor.id };
  throw new RightRefused('RIGHT_MISSING', 'neither staff nor program');
}

/** The rights with the units as they are published now. */
export class Judge {
  constructor(
    readonly roles: Roles,
    private readonly reference: { readonly units: UnitTree; readonly catalogue: Catalogue },
    private readonly clock: Pick<CaseClock, 'now'>,
  ) {}

  get units(): UnitTree {
    return this.reference.units;
  }

  /** The same person, with those for whom he stands in today. */
  async today(who: Principal): Promise<Principal> {
    const { catalogue } = this.reference;
    if (who.kind !== 'staff' || !catalogue.mayStandIn(who)) return who;
    return { ...who, standsInFor: catalogue.standsInFor(who, await this.clock.now()) };
  }

  verdict(verb: string, who: Principal, about: CaseFacts | undefined): Verdict {
    return mayDo(verb, who, about, { roles: this.roles, units: this.units });
  }

  /** @throws RightRefused */
  demand(verb: string, who: Principal, about: CaseFacts | undefined): void {
    const verdict = this.verdict(verb, who, about);
    if (!verdict.may) throw new RightRefused(verdict.code, verb);
  }

  /** Of a levy report nobody else hears more than of one that does not exist. @throws RightRefused */
  demandOnLevy(verb: string, who: Principal, row: CaseFileRow | undefined): asserts row is CaseFileRow {
    if (row === undefined || !this.verdict(verb, who, factsOf(row)).may) throw new RightRefused('CASE_NOT_FOUND', verb);
  }

  /** Who may work on a levy report may not for that know who handed it in. @throws RightRefused */
  demandWithheld(verb: string, who: Principal, row: CaseFileRow): void {
    if (factsOf(row).identity === 'withheld' && !seesWithheld(who)) throw new RightRefused('IDENTITY_WITHHELD', verb);
  }

  /** @throws RightRefused; CASE_NOT_FOUND where there is no such case here. */
  demandOn(verb: string, who: Principal, row: CaseFileRow | undefined): asserts row is CaseFileRow {
    if (row === undefined) throw new RightRefused('CASE_NOT_FOUND', verb);
    this.demand(verb, who, factsOf(row));
  }
}
