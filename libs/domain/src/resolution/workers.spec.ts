import type { Actor, NewEvent } from '@garda/contracts';
import { accepted, assigned, caseId, citizen, importer, known, resolved, staff, work } from '../../test/facts';
import { id, monday, recorded } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import type { ResolutionCase } from './case';
import { resolutionCommands } from './commands';
import { resolutionFold } from './evolve';
import { catalogue } from '../../test/catalogue';

const unit = 'dpupr';
type Caused = readonly [Actor, NewEvent];
const actorOf = (who: Actor, fact: NewEvent): Caused => [who, fact];
const clock: Actor = { kind: 'system', id: 'resolution' };

/** The case after facts, each caused by somebody. */
const stateOf = (...caused: readonly Caused[]): ResolutionCase =>
  recorded(caused.map(([, fact]) => fact))
    .map((event, index) => ({ ...event, meta: { ...event.meta, actor: caused[index]?.[0] ?? clock } }))
    .reduce<ResolutionCase>((state, event) => resolutionFold.evolve(state, event), resolutionFold.initial);
const workersOf = (...caused: readonly Caused[]) => {
  const state = stateOf(...caused);
  return state.status === 'none' ? undefined : state.workers;
};

const begun = [actorOf(clock, known()), actorOf(clock, work(unit))];
const gave = actorOf(staff('head', unit), assigned('officer', unit));
const declined = resolutionFact('GiftDeclined', { caseId, unit, officer: 'second', kind: 'food' } as never);

describe('who has worked on a case', () => {
  it('is whoever had it, and whoever did a part of it: a stand-in, a head; each once', () => {
    const did = [
      actorOf(staff('second', unit), accepted('second')),
      actorOf(staff('officer', unit), declined),
      actorOf(staff('head', unit), resolved('remedied', unit)),
    ];
    expect(workersOf(...begun)).toEqual([]);
    expect(workersOf(...begun, gave)).toEqual(['officer']); // giving it to him is no work on it
    expect(workersOf(...begun, gave, ...did)).toEqual(['officer', 'second', 'head']);
    const another = actorOf(staff('head', unit), assigned('third', unit));
    expect(workersOf(...begun, gave, another)).toEqual(['officer', 'third']);
  });

  it('is no program, no citizen, no clock, and nobody who only moved papers or money', () => {
    const received = resolutionFact('DocumentsReceived', { caseId, unit, items: ['old KK'] });
    expect(workersOf(...begun, actorOf(staff('counter', unit), received))).toEqual([]);
    for (const who of [importer, citizen, clock]) expect(workersOf(...begun, actorOf(who, accepted('x')))).toEqual([]);
  });

  it('and none of them takes its money, even where it is done and another has it now', () => {
    const fee = resolutionFact('FeeAssessed', {
      ...{ caseId, unit, line: 'L', kind: 'retribusi', payee: 'bpkpad', billingCode: 'B-1', payBefore: '10wd' },
      amount: 50_000,
    } as never);
    const state = stateOf(
      ...begun,
      actorOf(staff('head', unit), assigned('first', 'bpkpad')),
      gave,
      actorOf(staff('second', 'bpkpad'), fee),
    );
    const confirm = (who: string) =>
      resolutionCommands['confirm-fee'](
        state,
        { caseId, actor: staff(who, 'bpkpad'), body: { billingCode: 'B-1', bankReference: 'R', channel: 'qris' } },
        { now: monday, nextId: () => id('next'), catalogue },
      );
    for (const who of ['first', 'second', 'officer'])
      expect(() => confirm(who)).toThrow(expect.objectContaining({ code: 'NOT_A_PAYEE' }));
    expect(confirm('treasurer').map(({ type }) => type)).toEqual(['FeeReceived']);
  });
});
