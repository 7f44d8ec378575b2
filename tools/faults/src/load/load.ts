import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../random';
import { commandOf, newCase, type Act, type Case, type Opening } from './cases';
import { carryOut, type ClientOptions } from './client';
import { complaint } from './complaints';
import { besideCases, errand } from './errands';
import { closeConnections } from './http';
import { levyReport } from './levy-reports';
import type { Command } from './told';

export interface LoadOptions {
  readonly random: Random;
  readonly clients: number;
  /** Where a service answers now; several where several processes of it run. */
  readonly urlsOf: (target: Command['target']) => readonly string[];
  readonly tokenOf: (person: string) => string;
  /** Cases whose stories are not at their end: those of an earlier load go on, and more are added. */
  readonly cases: Case[];
}

/** From here on clients take their time: enough was under way at the strike, and the oracle reads all of it. */
const manyCommands = 500;
/** How long after the end a client still asks again for an outcome it does not know. */
const lastAsksMs = 45_000;

/** Citizens and staff: each sends a command, waits until its outcome is known, and sends the next. */
export class Load {
  readonly commands: Command[] = [];
  /** Set while clients must not repeat themselves: what a first answer says is then all they know. */
  hangUp = false;
  private open = 0;
  private stoppedAt = Infinity;
  private clients: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: LoadOptions) {}

  start(): void {
    this.clients = Promise.all(Array.from({ length: this.options.clients }, () => this.client()));
  }

  /** Commands that were sent and not answered. */
  get inFlight(): number {
    return this.open;
  }

  get acknowledged(): number {
    return this.commands.filter(({ told }) => told?.kind === 'acknowledged').length;
  }

  /** How many of each kind were acknowledged, of how many, and why others were refused: a kind that nobody gets through shows nothing. */
  get kinds(): string {
    const counts = new Map<string, { done: number; all: number; refused: Map<string, number> }>();
    for (const { kind, told } of this.commands) {
      const count = counts.get(kind) ?? { done: 0, all: 0, refused: new Map<string, number>() };
      counts.set(kind, count);
      count.all++;
      if (told?.kind === 'acknowledged') count.done++;
      if (told?.kind === 'refused') count.refused.set(told.code, (count.refused.get(told.code) ?? 0) + 1);
    }
    const words = (refused: ReadonlyMap<string, number>): string =>
      refused.size === 0 ? '' : ` (${[...refused].map(([code, n]) => `${code} ${n}`).join(', ')})`;
    return [...counts].map(([kind, { done, all, refused }]) => `${kind} ${done}/${all}${words(refused)}`).join('; ');
  }

  /** No new commands; resolves when every client knows its outcome or has given up. */
  async stop(): Promise<void> {
    this.stoppedAt = Date.now();
    await this.clients;
    closeConnections();
  }

  /** Sends one command beside the clients. */
  async send(command: Command): Promise<void> {
    this.commands.push(command);
    const { random, urlsOf } = this.options;
    const givesUp = random.next() < 0.03; // some people close the page and never look again
    const client: ClientOptions = {
      urlOf: (target) => random.pick(urlsOf(target)),
      timeoutMs: 10_000,
      until: () => (this.stoppedAt === Infinity ? Infinity : this.stoppedAt + lastAsksMs),
      retries: () => !givesUp && !this.hangUp,
    };
    this.open++;
    try {
      command.told = await carryOut(command, client);
    } finally {
      this.open--;
    }
  }

  /** A case that the clients will not touch, for a fault that needs one to itself. */
  async submitOne(): Promise<Case> {
    const made = await this.begin(complaint(this.options.random));
    if (made === undefined) throw new Error('the case was not accepted');
    this.options.cases.splice(this.options.cases.indexOf(made), 1);
    return made;
  }

  private async client(): Promise<void> {
    while (this.stoppedAt === Infinity) {
      if (this.commands.length > manyCommands) await this.rest();
      const ready = this.options.random.next() < 0.85 ? this.takeReady() : undefined;
      if (ready !== undefined) await this.step(ready);
      else if ((await this.submit()) === undefined) await pause(20);
    }
  }

  /** The more there has been, the longer. */
  private async rest(): Promise<void> {
    const ms = (this.commands.length / manyCommands) ** 1.5 * 700;
    const end = Date.now() + ms;
    while (Date.now() < end && this.stoppedAt === Infinity) await pause(Math.min(200, ms));
  }

  private takeReady(): Case | undefined {
    const now = Date.now();
    const found = this.options.cases.find((one) => !one.busy && one.steps.length > 0 && one.readyAt <= now);
    if (found !== undefined) found.busy = true;
    return found;
  }

  /** Most are complaints from anybody; some are errands that a village desk takes over, some report an illegal levy. */
  private async submit(): Promise<Case | undefined> {
    const { random, tokenOf } = this.options;
    const die = random.next();
    if (die < 0.02) await this.send(besideCases(random, tokenOf));
    if (die > 0.94) return this.begin(levyReport(random));
    return this.begin(die < 0.2 ? errand(random, tokenOf) : complaint(random));
  }

  private async begin({ command, officer, story }: Opening): Promise<Case | undefined> {
    let taken: { caseId?: string; number?: string; trackingCode?: string } = {};
    command.onBody = (body) => void (taken = body);
    await this.send(command);
    const { caseId, number, trackingCode } = taken;
    if (command.told?.kind !== 'acknowledged' || caseId === undefined) return undefined;
    const receipt = number === undefined || trackingCode === undefined ? {} : { receipt: { number, trackingCode } };
    const made = newCase({ caseId, restricted: command.restricted === true, officer, ...receipt }, story);
    this.options.cases.push(made);
    return made;
  }

  private async step(on: Case): Promise<void> {
    const { random, tokenOf } = this.options;
    const acts = on.steps[0] ?? [];
    const commands = acts.map((act) => commandOf(act, on, random, tokenOf));
    await Promise.all(commands.map((command) => this.send(command)));
    const refused = acts.filter((_, i) => commands[i]?.told?.kind === 'refused');
    this.moveOn(on, refused);
    on.busy = false;
  }

  /**
   * What was refused is asked again under a new key, five times: perhaps the gateway has not heard of the case yet. What
   * was done is not: it would find itself done and append nothing, and the oracle could not tell that from a loss.
   */
  private moveOn(on: Case, refused: readonly Act[]): void {
    on.tries = refused.length > 0 ? on.tries + 1 : 0;
    on.steps.shift();
    if (refused.length > 0 && on.tries <= 5) on.steps.unshift(refused);
    on.readyAt = Date.now() + (refused.length > 0 ? 1_000 * on.tries : 50);
    const { cases } = this.options;
    if (on.steps.length === 0) cases.splice(cases.indexOf(on), 1);
  }
}
