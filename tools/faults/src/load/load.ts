import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../random';
import { newCase, stepCommand, submission, type Case } from './cases';
import { carryOut, type ClientOptions } from './client';
import { closeConnections } from './http';
import type { Command } from './told';

export interface LoadOptions {
  readonly random: Random;
  readonly clients: number;
  /** Where a service answers now; several where several processes of it run. */
  readonly urlsOf: (target: Command['target']) => readonly string[];
  readonly tokenOf: (person: string) => string;
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
  private readonly cases: Case[] = [];
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
    const made = await this.submit();
    if (made === undefined) throw new Error('the case was not accepted');
    made.busy = true;
    return made;
  }

  private async client(): Promise<void> {
    while (this.stoppedAt === Infinity) {
      if (this.commands.length > manyCommands) await this.rest();
      const ready = this.options.random.next() < 0.6 ? this.takeReady() : undefined;
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
    const found = this.cases.find((one) => !one.busy && one.steps.length > 0 && one.readyAt <= now);
    if (found !== undefined) found.busy = true;
    return found;
  }

  private async submit(): Promise<Case | undefined> {
    const { random } = this.options;
    const { command, standard } = submission(random);
    let taken: { caseId?: string; number?: string; trackingCode?: string } = {};
    command.onBody = (body) => void (taken = body);
    await this.send(command);
    const { caseId, number, trackingCode } = taken;
    if (command.told?.kind !== 'acknowledged') return undefined;
    if (caseId === undefined || number === undefined || trackingCode === undefined) return undefined;
    const made = newCase({ caseId, number, trackingCode, standard }, random);
    this.cases.push(made);
    return made;
  }

  private async step(on: Case): Promise<void> {
    const { random, tokenOf } = this.options;
    const commands = (on.steps[0] ?? []).map((step) => stepCommand(step, on, random, tokenOf));
    await Promise.all(commands.map((command) => this.send(command)));
    const refused = commands.filter(({ told }) => told?.kind === 'refused').map(({ kind }) => kind);
    this.moveOn(on, refused);
    on.busy = false;
  }

  /**
   * What was refused is asked again under a new key, twice: perhaps the gateway has not heard of the case yet. What was
   * done is not: it would find itself done and append nothing, and the oracle could not tell that from a loss.
   */
  private moveOn(on: Case, refused: string[]): void {
    on.tries = refused.length > 0 ? on.tries + 1 : 0;
    on.steps.shift();
    if (refused.length > 0 && on.tries <= 2) on.steps.unshift(refused);
    on.readyAt = Date.now() + (refused.length > 0 ? 1_500 : 50);
    if (on.steps.length === 0) this.cases.splice(this.cases.indexOf(on), 1);
  }
}
