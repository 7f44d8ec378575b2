import { catalogue, calendar } from '../../test/catalogue';
import { closedBy, reopened } from '../../test/disputes';
import { accepted, asked, assigned, caseId, heard, known, noWork, resolved, staff, work } from '../../test/facts';
import { at, givenAt, id, monday, specFor, type Fact } from '../../test/spec';
import { termEnd } from '../shared/deadline';
import { intakeFact, resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { resolutionCommands } from './commands';
import { fireResolution, resolutionDue } from './due';
import { resolutionFold } from './evolve';
import { resolutionReaction } from './reactions';

const given = specFor(resolutionFold);
const [first, second] = [id('first question'), id('second question')];
const tuesday = '2026-02-03T02:00:00.000Z';
const march = '2026-03-16T02:00:00.000Z';
const working = [known(), work(), assigned(), accepted()];
const asks = (ref: string, when = monday) => at(when, asked(), ref);
const withdraws = (request: string) => resolutionFact('InformationRequestWithdrawn', { caseId, request });
const answered = (request?: string, answeredAt = monday) =>
  resolutionFact('AnswerReceived', { caseId, answer: id('answer'), request, items: ['photo'], answeredAt });
const told = (about: string, when = monday) => at(when, resolutionFact('CitizenTold', { caseId, about, at: when }));
const hearsAnswer =
  (request?: string, when = monday) =>
  (state: ResolutionCase) => {
    const answer = intakeFact('InformationProvided', { caseId, request, items: ['photo'], sealed: [] });
    return resolutionReaction(state, heard(answer, id('answer'), when), givenAt());
  };
const stateOf = (...facts: readonly Fact[]) => given(...facts).state;
const states = (...facts: readonly Fact[]) => {
  const state = stateOf(...facts);
  return 'questions' in state ? state.questions.map((question) => question.state) : [];
};

describe('of two questions of one case', () => {
  const oneOpen = [...working, asks(first), withdraws(first), asks(second)];

  it('an answer to the one that was withdrawn is only added: the citizen is still waited for', () => {
    const facts = [...oneOpen, answered(first)];
    expect(stateOf(...facts)).toMatchObject({ status: 'waiting', answers: [id('answer')] });
    expect(states(...facts)).toEqual(['withdrawn', 'open']);
  });
  it('only the open one is withdrawn, and no answer comes of it', () => {
    const facts = [...working, asks(first), answered(first), asks(second), withdraws(second)];
    expect(stateOf(...facts)).toMatchObject({ status: 'working', answers: [id('answer')] });
    expect(states(...facts)).toEqual(['answered', 'withdrawn']);
    given(...working, asks(first), answered(first), asks(second))
      .when((state, all) =>
        resolutionCommands['withdraw-question'](state, { caseId, actor: staff('officer', 'dpupr'), body: {} }, all),
      )
      .then(withdraws(second));
  });
  it('the one that was answered stays so, whatever is withdrawn', () =>
    expect(states(...working, asks(first), answered(first), asks(second), withdraws(first))).toEqual([
      'answered',
      'open',
    ]));
  it('a withdrawn question stays what was asked', () => {
    const facts = [...working, asks(first)];
    const [before] = [stateOf(...facts)].map((state) => ('questions' in state ? state.questions : []));
    expect(stateOf(...facts, withdraws(first))).toMatchObject({
      questions: before?.map((question) => ({ ...question, state: 'withdrawn' })),
      answers: [],
    });
  });
  it('the one that was answered does not lapse with the other', () => {
    const silent = [...working, asks(first), answered(first), asks(second), resolved('no_answer')];
    expect(states(...silent)).toEqual(['answered', 'lapsed']);
  });
  it('each has the time at which the citizen was told of it, and the first time counts', () => {
    const times = (...facts: readonly Fact[]) => {
      const state = stateOf(...facts);
      return 'questions' in state ? state.questions.map((question) => question.told) : [];
    };
    expect(times(...oneOpen, told(second, tuesday))).toEqual([null, tuesday]);
    expect(times(...working, asks(first), told(first), withdraws(first), asks(second), told(second, tuesday))).toEqual([
      monday,
      tuesday,
    ]);
    expect(times(...oneOpen, told(second), told(second, tuesday))).toEqual([null, monday]);
  });
});

describe('an answer after the silence', () => {
  const lapsed = [...working, asks(first), told(first), resolved('no_answer')];
  const due = termEnd(calendar, monday, '30d');
  const justAfter = new Date(Date.parse(due) + 1).toISOString();
  const again = [...lapsed, reopened('ex_officio'), accepted(), asks(second, march), told(second, march)];
  const twice = [...again, resolved('no_answer')];
  const inTime = termEnd(calendar, march, '10wd');

  it('is in time up to the last instant of the term, and not after it', () => {
    given(...lapsed)
      .when(hearsAnswer(first, due))
      .then(answered(first, due), reopened('answered'));
    given(...lapsed)
      .when(hearsAnswer(first, justAfter))
      .then(answered(first, justAfter));
  });
  it('is noted at the question that lapsed; what was only added to the file is an answer to none', () => {
    expect(states(...lapsed, answered(first))).toEqual(['answered']);
    expect(states(...lapsed, answered())).toEqual(['lapsed']);
    expect(stateOf(...lapsed, answered())).toMatchObject({ status: 'decided', answers: [id('answer')] });
    given(...lapsed)
      .when(hearsAnswer())
      .then(answered());
  });
  it('of two is in time by the question that it answers', () => {
    given(...twice)
      .when(hearsAnswer(second, inTime))
      .then(answered(second, inTime), reopened('answered'));
    given(...twice)
      .when(hearsAnswer(first, inTime))
      .then(answered(first, inTime));
    expect(states(...twice, answered(second))).toEqual(['lapsed', 'answered']);
    expect(states(...again, answered(second))).toEqual(['lapsed', 'answered']);
  });
  it('to a question that was withdrawn opens nothing again', () => {
    const other = [...working, asks(first), told(first), withdraws(first), asks(second), resolved('no_answer')];
    for (const end of [[], [closedBy('silence')]])
      given(...other, ...end)
        .when(hearsAnswer(first))
        .then(answered(first));
  });
});

it('silence decides a case that no unit has any more as nobody’s', () => {
  const facts = [...working, asks(first), told(first), noWork];
  const [due] = resolutionDue(stateOf(...facts), catalogue);
  if (due === undefined) throw new Error('no clock runs');
  given(...facts)
    .when((state: ResolutionCase, all: Given) => fireResolution(state, due, all), due.dueAt)
    .then(resolutionFact('CaseResolved', { caseId, outcome: 'no_answer' }));
});
