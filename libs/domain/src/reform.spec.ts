import type { Actor } from '@garda/contracts';
import { disagreements } from '../test/agree';
import { Closer, explore } from '../test/explore';
import { citizen, staff, submit } from '../test/facts';
import { afterReform } from '../test/reform';
import { System } from '../test/system';
import { submitCase } from './intake/submit';
import { passToSuccessor } from './routing/succession';

const privately = { content: 'private' as const, objectPlace: {}, area: '33.25.01.2001' };
/** A case, and the reform that ends the unit which has it. */
const cases = {
  'a road': [handedIn({}, citizen), ['dpupr', 'dinas-baru']],
  'a family card': [
    handedIn({ standard: 'DK-01', ...privately }, staff('officer', 'desa-a'), ['old KK']),
    ['desa-a', 'desa-c'],
  ],
} as const;

function handedIn(submission: Parameters<typeof submit>[0], actor: Actor, papers: readonly string[] = []): System {
  const system = new System();
  system.append('intake', submitCase(system.intake.state, submit(submission, { actor, papers }), system.given()));
  return system;
}

/** The unit ends now, whatever of this case is still on its way; the house looks until it has nothing to pass on. */
function reformed(before: System, [unit, successor]: readonly [string, string]): System {
  const system = before.copy();
  system.catalogue = afterReform([unit, successor]);
  for (let looks = 0; looks < 5; looks += 1) {
    system.deed += 1;
    system.append('routing', passToSuccessor(system.routing.state, system.given()));
    system.settle(() => 0);
  }
  expect(passToSuccessor(system.routing.state, system.given())).toEqual([]);
  return system;
}

describe.each(Object.entries(cases))('%s whose unit ends', (_name, [start, ended]) => {
  const found = [
    ...explore(start.copy(), { most: 250, settled: true }),
    ...explore(start.copy(), { most: 150, settled: false }),
  ];
  const after = found.map((system) => reformed(system, ended));

  it('is the same case for all three contexts', () => {
    const wrong = after.flatMap((system) => {
      const words = disagreements(system);
      return words.length === 0 ? [] : [{ words, facts: factsOf(system) }];
    });
    expect(wrong.slice(0, 3)).toEqual([]);
  });
  it('is not left with the unit that ended, and can be closed from wherever it is', () => {
    const left = after.filter(({ routing: { state } }) => state.status === 'offered' && state.place.unit === ended[0]);
    expect(left).toEqual([]);
    const closer = new Closer();
    const stuck = after.filter((system) => !closer.canClose(system));
    expect(stuck.slice(0, 3).map(factsOf)).toEqual([]);
  });
  it('was passed on in some of the situations, and in some had nothing to be passed on', () => {
    const passed = after.filter(wasPassedOn).length;
    expect([passed > 20, passed < after.length]).toEqual([true, true]);
  });
  it('whatever somebody does next, once it is heard', () => {
    const closer = new Closer();
    const some = after.filter((_, index) => index % 25 === 0);
    const next = some.flatMap((system) => explore(system, { most: 30, settled: true }));
    expect(next.flatMap(disagreements)).toEqual([]);
    expect(
      next
        .filter((system) => !closer.canClose(system))
        .map(factsOf)
        .slice(0, 2),
    ).toEqual([]);
  });
});

function wasPassedOn({ routing: { log } }: System): boolean {
  return log.some(
    ({ type, data }) => type === 'CaseTransferred' && (data as { reason: string }).reason === 'unit_ended',
  );
}

function factsOf({ intake, routing, resolution }: System): readonly string[] {
  return [intake, routing, resolution].flatMap(({ log }) => log.map(({ type }) => type));
}
