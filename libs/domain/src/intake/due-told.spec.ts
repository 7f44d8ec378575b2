import { afterDeeds } from '../../test/deeds';
import { explore } from '../../test/explore';
import { catalogue } from '../../test/catalogue';
import { citizen, staff, submit } from '../../test/facts';
import { after, movesOf } from '../../test/moves';
import { wrongIn } from '../../test/reckoned';
import { System } from '../../test/system';
import { deadline } from '../routing/due';
import { explainDeadline } from '../routing/reckoning';
import { isOpen } from '../routing/case';
import type { DeadlineStep } from '../shared/explained';
import { dueTold, explainTold } from './due-told';
import { submitCase } from './submit';

const privately = { content: 'private' as const, objectPlace: {}, area: '33.25.01.2001' };
const cases = {
  'a family card': { submission: { standard: 'DK-01', ...privately }, actor: staff('officer', 'desa-a') },
  'something that costs a fee': { submission: { standard: 'LH-02', ...privately }, actor: citizen },
  'a question that may take longer': { submission: { standard: 'UM-04', ...privately }, actor: citizen },
  'a road': { submission: {}, actor: citizen },
} as const;

function handedIn({ submission, actor }: (typeof cases)[keyof typeof cases]): System {
  const system = new System();
  system.append('intake', submitCase(system.intake.state, submit(submission, { actor }), system.given()));
  system.settle(() => 0);
  return system;
}

const began = ['take', 'accept'];
/** A stage that is done, returned, and done again. */
const returned = [
  ...['accept', 'issue-product', 'complete-stage', 'acknowledge', 'return'],
  ...[...began, 'complete-stage', 'acknowledge'],
];
/** Where time stood still or begins anew: asked and answered, billed and paid, decided and worked on again. */
const courses: Readonly<Record<keyof typeof cases, readonly (readonly string[])[]>> = {
  'a family card': [
    [...began, 'ask', 'is told', 'answers'],
    [...returned, ...began, 'ask', 'is told', 'answers'],
  ],
  'something that costs a fee': [
    [...began, 'assess-fee', 'is told', 'confirm-fee'],
    [...began, 'assess-fee', 'is told', 'cancel-fee'],
    [...began, 'refuse', 'is told', 'reopen'],
  ],
  'a question that may take longer': [
    [...began, 'extend-time', 'ask', 'is told', 'withdraw-question'],
    [...began, 'find-supervision', 'ask', 'is told', 'answers'],
    [...began, 'refuse', 'is told', 'reopen', 'accept', 'find-supervision'],
  ],
  'a road': [[...began, 'refuse', 'is told', 'disputes', 'decide-dispute upheld']],
};

/** He answers in time, and the office hears of it when his silence has been decided on. */
function heardLate(waiting: System): System {
  const answers = movesOf(waiting).find(({ name }) => name === 'answers');
  const next = answers && after(waiting, answers);
  if (next === undefined) throw new Error('no question is open');
  while (next.resolution.state.status === 'waiting') next.passTime();
  next.settle(() => 0);
  return next;
}

const found = (Object.keys(cases) as (keyof typeof cases)[]).map((name) => {
  const start = handedIn(cases[name]);
  const anew = courses[name].map((deeds) => afterDeeds(start, deeds));
  return [name, [...explore(start, { most: 250, settled: true }), ...anew.flatMap(wander)]] as const;
});

/** From where a course has come on, not far. */
function wander(system: System): readonly System[] {
  return explore(system, { most: 60, settled: true });
}

const told = ({ intake, routing }: System) => ({
  citizen: dueTold(intake.log, catalogue),
  office: deadline(routing.state, catalogue)?.totalDueAt,
});
/** Both count the same; only who is reopened in the moment of his receipt is told so by one of them alone. */
const toldOf = (step: DeadlineStep) =>
  step.what === 'stop' ? { ...step, daysOff: step.daysOff.length } : { what: step.what, at: step.at };
const open = (systems: readonly System[]) =>
  systems.filter(({ routing: { state } }) => state.status !== 'none' && isOpen(state));

describe.each(found)('%s', (_name, systems) => {
  it('is due for the citizen when it is for the office, whatever happened', () => {
    const dates = open(systems).map(told);
    expect(dates.filter(({ citizen: his, office }) => his !== office)).toEqual([]);
    expect(new Set(dates.map(({ office }) => office)).size).toBeGreaterThan(1);
  });

  it('is explained to both by steps that end there and add up', () => {
    for (const { intake, routing } of open(systems)) {
      const { state } = routing;
      if (state.status === 'none') throw new Error('not entered');
      const calendar = catalogue.calendar(state.file.terms.calendar);
      const [office, his] = [explainDeadline(state, catalogue), explainTold(intake.log, catalogue)];
      if (office === undefined || his === undefined) throw new Error('no explanation');
      const due = deadline(state, catalogue);
      expect([office.total.dueAt, office.stage?.dueAt ?? null, office.stopped]).toEqual([
        ...[due?.totalDueAt, due?.stageDueAt, due?.stopped],
      ]);
      const both = [office.total, his, ...(office.stage === null ? [] : [office.stage])];
      expect(both.flatMap((one) => wrongIn(one, calendar))).toEqual([]);
      expect(his.steps.map(toldOf)).toEqual(office.total.steps.map(toldOf));
    }
  });
});

it.each([
  ['first', [...began.slice(1)], 0],
  ['second', ['accept', 'issue-product', 'complete-stage', 'acknowledge', ...began], 1],
  ['second after it was returned', [...returned, ...began], 1],
])('is the same for both once an answer was heard late in the %s stage', (_name, deeds, stage) => {
  const late = heardLate(afterDeeds(handedIn(cases['a family card']), [...deeds, 'ask', 'is told']));
  const { routing, intake, resolution } = late;
  expect(resolution.log).toContainEqual(expect.objectContaining({ type: 'CaseReopened' }));
  expect(routing.state).toMatchObject({ status: 'held', stage });
  expect(dueTold(intake.log, catalogue)).toBe(deadline(routing.state, catalogue)?.totalDueAt);
});

it('is none for a case that nobody handed in', () => {
  expect([dueTold([], catalogue), explainTold([], catalogue)]).toEqual([undefined, undefined]);
  expect(explainDeadline({ status: 'none' }, catalogue)).toBeUndefined();
});
