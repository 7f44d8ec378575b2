import type { StaffCommandBody, StaffCommandName } from '@garda/contracts';
import type { Gateway, Who } from '../gateway';
import type { CodeHolder, Intake } from '../intake';
import { auditor } from './people';
import type { CaseName } from './table';

interface Player {
  /** Absent where a program was given the number alone, until the case file is found by it. */
  readonly caseId?: string;
  readonly number: string;
  /** Absent where nobody was given one: filed at a desk, or through another program. */
  readonly trackingCode?: string | undefined;
}

/** What the story is told with: doors to knock at, and cases by name. */
export class Stage {
  readonly players = new Map<CaseName, Player>();

  constructor(
    readonly gateway: Gateway,
    readonly intake: Intake,
  ) {}

  enter(name: CaseName, player: Player): void {
    this.players.set(name, player);
  }

  idOf(name: CaseName): string {
    const { caseId } = this.playerOf(name);
    if (caseId === undefined) throw new Error(`the case file of ${name} is looked for after its round`);
    return caseId;
  }

  /** One command of staff, as a deed of a round. */
  by<N extends StaffCommandName>(
    who: Who,
    command: N,
    name: CaseName,
    body: StaffCommandBody<N>,
  ): () => Promise<unknown> {
    return () => this.gateway.command(who, this.idOf(name), command, body);
  }

  /** A command about the product that was issued for the citizen, by the id that the case file gives it. */
  about<N extends 'send-product' | 'deliver-product'>(
    who: Who,
    command: N,
    name: CaseName,
    body: Omit<StaffCommandBody<N>, 'product'>,
  ): () => Promise<unknown> {
    return async () => {
      const { products } = await this.gateway.caseFile(who, this.idOf(name));
      const product = products.find(({ partial }) => !partial)?.ref;
      if (product === undefined) throw new Error(`nothing was issued in ${name}`);
      return this.gateway.command(who, this.idOf(name), command, { ...body, product } as StaffCommandBody<N>);
    };
  }

  /** What the citizen holds: number and tracking code. */
  citizenOf(name: CaseName): CodeHolder {
    const { number, trackingCode } = this.playerOf(name);
    if (trackingCode === undefined) throw new Error(`nobody has a tracking code of ${name}`);
    return { number, trackingCode };
  }

  /** Whoever was given a number alone is found by it, once the house is at rest. */
  async findByNumber(): Promise<void> {
    for (const [name, player] of this.players) {
      if (player.caseId !== undefined) continue;
      const { caseId } = await this.gateway.caseFile(auditor, player.number);
      this.enter(name, { ...player, caseId });
    }
  }

  private playerOf(name: CaseName): Player {
    const player = this.players.get(name);
    if (player === undefined) throw new Error(`the case ${name} was not filed`);
    return player;
  }
}
