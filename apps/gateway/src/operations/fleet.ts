import { contexts, type Context } from '@garda/contracts';
import type { ClosedTopic } from '@garda/messaging';
import { Operations, Problem, type CaseClock } from '@garda/service';
import { jsonOf, type ServiceAnswer, type ServiceClient, type ServiceRequest } from '../services/service-client';
import type { Caller } from '../commands/forward';
import { z } from 'zod';

const behindOf = z.object({ behind: z.array(z.string()) });
const progressOf = z.looseObject({ caseTime: z.string() });
const projectionsOf = z.object({ projections: z.array(z.looseObject({})) });
const parkedOf = z.object({ parked: z.array(z.looseObject({})), skipped: z.array(z.looseObject({})).default([]) });

/** A service refused: its own words go to the caller. */
export class ServiceRefused extends Error {
  override readonly name = 'ServiceRefused';
  constructor(readonly answer: ServiceAnswer) {
    super(`${answer.status}`);
  }
}

/** Every service and the gateway itself, as an operator sees them together. A service that is away fails the whole. */
export class Fleet {
  constructor(
    private readonly services: ServiceClient,
    private readonly own: Operations,
    private readonly clock: CaseClock,
  ) {}

  async progress(caller: Caller): Promise<{ services: Record<string, unknown> }> {
    const [all, gateway] = await Promise.all([this.progressOfServices(caller), this.own.progress()]);
    return { services: { ...all, gateway } };
  }

  /** Held keys and skipped records of all services, each with the service it is of. */
  async streams(caller: Caller): Promise<{ parked: object[]; skipped: object[] }> {
    const [parked, skipped, ...others] = await Promise.all([
      this.own.parked(),
      this.own.skipped(),
      ...contexts.map((service) => this.get(service, '/operations/streams', 'streams.retry', caller)),
    ]);
    const all = [
      ...others.map((answer, i) => ({ service: contexts[i], ...parkedOf.parse(answer) })),
      { service: 'gateway', parked, skipped },
    ];
    return {
      parked: all.flatMap((one) => one.parked.map((key) => ({ service: one.service, ...key }))),
      skipped: all.flatMap((one) => one.skipped.map((record) => ({ service: one.service, ...record }))),
    };
  }

  async retry(
    of: { service: Context | 'gateway'; consumer: string; topic: string; key: string },
    caller: Caller,
  ): Promise<{ asked: true }> {
    const { service, ...key } = of;
    if (service === 'gateway') await this.own.retry(key);
    else await this.post(service, '/operations/streams/retry', 'streams.retry', key, caller);
    return { asked: true };
  }

  async skip(
    of: { service: Context | 'gateway'; consumer: string; topic: string; key: string; reason: string },
    caller: Caller,
  ): Promise<unknown> {
    const { service, ...what } = of;
    if (service === 'gateway') return this.own.skip(what, caller.principal.actor);
    return this.post(service, '/operations/streams/skip', 'streams.skip', what, caller);
  }

  /** Every build of every projection, with the service that keeps it. */
  async projections(caller: Caller): Promise<{ projections: object[] }> {
    const answers = await Promise.all(
      contexts.map((one) => this.get(one, '/operations/projections', 'projections.manage', caller)),
    );
    return {
      projections: answers.flatMap((answer, i) =>
        projectionsOf.parse(answer).projections.map((row) => ({ service: contexts[i], ...row })),
      ),
    };
  }

  /** Per service: the digest over its own live case states, and the position of its log. */
  async digest(caller: Caller): Promise<{ services: Record<string, unknown> }> {
    const answers = await Promise.all(
      contexts.map((one) => this.get(one, '/operations/digest', 'digest.read', caller)),
    );
    return { services: Object.fromEntries(contexts.map((one, i) => [one, answers[i]])) };
  }

  /**
   * Moves every case clock to one instant: the services', then the gateway's own. May be sent again: a clock that is
   * there already is left alone, so that a move that stopped half-way can be ended.
   */
  async moveClock(to: string, caller: Caller): Promise<{ caseTime: string }> {
    const times = await this.progressOfServices(caller);
    const isBefore = (time: string) => Date.parse(time) < Date.parse(to);
    const behind = contexts.filter((one) => isBefore(progressOf.parse(times[one]).caseTime));
    const own = await this.clock.now();
    if (behind.length === 0 && !isBefore(own)) throw new Problem('CLOCK_CANNOT_GO_BACK', `it is ${own}`);
    for (const one of behind) await this.post(one, '/operations/clock', 'clock.move', { to }, caller);
    return isBefore(await this.clock.now()) ? this.own.moveClock(to) : { caseTime: await this.clock.now() };
  }

  /** What one service is asked to do for its own log; its answer goes back unchanged. */
  heal(service: Context, path: string, of: { verb: string; body?: object }, caller: Caller): Promise<unknown> {
    return this.post(service, `/operations/${path}`, of.verb, of.body ?? {}, caller);
  }

  /**
   * In this order, so that no consumer looks for the new records at the old offsets. May be sent again: a service that
   * was away breaks it off before the topic is filled.
   */
  async renew(service: Context, topic: string, caller: Caller): Promise<unknown> {
    const of = { verb: 'topic.renew', body: { topic } };
    for (const one of contexts) await this.heal(one, 'topic/reread', of, caller);
    await this.own.reread(topic);
    return this.heal(service, 'topic/renew', of, caller);
  }

  /** What consumers of all services have still to do with a closed topic, each with its service. */
  async behind(closed: ClosedTopic, caller: Caller): Promise<{ behind: string[] }> {
    const of = { verb: 'topic.renew', body: closed };
    const answers = await Promise.all(contexts.map((one) => this.heal(one, 'topic/behind', of, caller)));
    const all = [...answers.map((answer) => behindOf.parse(answer)), await this.own.behind(closed)];
    return { behind: all.flatMap(({ behind }, i) => behind.map((words) => `${contexts[i] ?? 'gateway'}: ${words}`)) };
  }

  /**
   * A closed topic is filled again. With a number of partitions it was made again with: consumers of every service first,
   * so that none takes a new number for an old one. May be sent again.
   */
  async open(service: Context, closed: ClosedTopic, partitions: number | undefined, caller: Caller): Promise<unknown> {
    if (partitions !== undefined) {
      const made = { verb: 'topic.renew', body: { topic: closed.topic, partitions } };
      await this.heal(service, 'topic/made-again', made, caller); // or they would wait for numbers that never come
      const of = { verb: 'topic.renew', body: { ...closed, partitions } };
      for (const one of contexts) await this.heal(one, 'topic/renumber', of, caller);
      await this.own.renumber(closed, partitions);
    }
    return this.heal(
      service,
      'topic/open',
      { verb: 'topic.renew', body: { topic: closed.topic, ...(partitions === undefined ? {} : { partitions }) } },
      caller,
    );
  }

  /** How far work is that a service was asked for. */
  work(service: Context, id: string, caller: Caller): Promise<unknown> {
    return this.get(service, `/operations/work/${id}`, 'log.verify', caller);
  }

  private async progressOfServices(caller: Caller): Promise<Record<Context, unknown>> {
    const answers = await Promise.all(
      contexts.map((one) => this.get(one, '/operations/progress', 'streams.retry', caller)),
    );
    return Object.fromEntries(contexts.map((one, i) => [one, answers[i]])) as Record<Context, unknown>;
  }

  private get(service: Context, path: string, verb: string, caller: Caller): Promise<unknown> {
    return this.ask({ service, method: 'GET', path, ...signedFor(verb, caller) });
  }

  private post(service: Context, path: string, verb: string, body: object, caller: Caller): Promise<unknown> {
    return this.ask({ service, method: 'POST', path, body, ...signedFor(verb, caller) });
  }

  private async ask(request: ServiceRequest): Promise<unknown> {
    const answer = await this.services.send(request);
    if (answer.status >= 400) throw new ServiceRefused(answer);
    return jsonOf(answer);
  }
}

/** What goes along with a request that is about no case. */
export function signedFor(verb: string, { principal, trace, headers }: Caller) {
  const { actor, roles } = principal;
  return { claims: { actor, roles: [...roles], verb }, trace, headers };
}
