import type { StaffCommandBody, StaffCommandName } from '@garda/contracts';
import type { Gateway, Who } from '../gateway';
import type { CodeHolder, Intake } from '../intake';
import type { Settling } from '../settle';
import { auditor } from './people';
import type { CaseName } from './table';

interface Player {
  /** Absent where a program was given the number alone, until the case file is found by it. */
  readonly caseId?: string;
  readonly number: string;
  /** Absent where nobody was given one: filed at a desk, or through another program. */
  readonly trackingCode?: string | undefined;
}

/** What the story is told with: doors to knock at, cases by name, rounds that end in quiet. */
export class Stage {
  readonly players = new Map<CaseName, Player>();

  constructor(
    readonly gateway: Gateway,
    readonly intake: Intake,
    private readonly settling: Settling,
    private readonly say: (line: string) => void,
  ) {}

  /** Things that happen at the same time to different cases; ends when everything that follows has happened. */
  async round(words: string, ...deeds: readonly (() => Promise<unknown>)[]): Promise<void> {
    this.say(`  ${words}`);
    // All are awaited, so that none still runs while the failure of its sister is told.
    const results = await Promise.allSettled(deeds.map((deed) => deed()));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    await this.settling.afterCommands();
    await this.findByNumber();
  }

  /** Moves every case clock; ends when everything that ran out has had its effect. */
  async clock(to: string, words: string): Promise<void> {
    this.say(`${to.slice(0, 16).replace('T', ' ')}  ${words}`);
    await this.gateway.moveClock(to);
    await this.settling.afterClock();
  }

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

  private async findByNumber(): Promise<void> {
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
