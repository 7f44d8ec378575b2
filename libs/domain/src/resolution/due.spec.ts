import { catalogue, calendar } from '../../test/catalogue';
import { accepted, asked, assigned, caseId, known, resolved, work } from '../../test/facts';
import { at, id, monday, specFor } from '../../test/spec';
import { termEnd } from '../shared/deadline';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { fireResolution, resolutionDue } from './due';
import { resolutionFold } from './evolve';

const given = specFor(resolutionFold);
const working = [known(), work(), assigned(), accepted()];
const waiting = [...working, at(monday, asked(), id('q'))];
const decided = [...working, at(monday, resolved(), id('d'))];
const told = (about: string, when = '2026-02-03T02:00:00.000Z') =>
  at(when, resolutionFact('CitizenTold', { caseId, about, at: when }));
const fire = (clock: string, startedVersion: number) => (state: ResolutionCase, all: Given) =>
  fireResolution(state, { clock, startedVersion, rung: 1 }, all);
const closed = (reason: 'silence' | 'satisfied' | 'withdrawn') => resolutionFact('CaseClosed', { caseId, reason });
const before = (time: string) => new Date(Date.parse(time) - 1).toISOString();

describe('silence on a question', () => {
  const due = termEnd(calendar, '2026-02-03T02:00:00.000Z', '30d');
  const silent = resolutionFact('CaseResolved', { caseId, unit: 'dpupr', outcome: 'no_answer' });
  it('decides the case when the term from the notification is over, and not before', () => {
    given(...waiting, told(id('q')))
      .when(fire('answer', 5), due)
      .then(silent);
    given(...waiting, told(id('q')))
      .when(fire('answer', 5), before(due))
      .thenNothing();
  });
  it('runs from ten working days after the question where nobody could be told', () => {
    const later = termEnd(calendar, termEnd(calendar, monday, '10wd'), '30d');
    given(...waiting)
      .when(fire('answer', 5), before(later))
      .thenNothing();
    given(...waiting)
      .when(fire('answer', 5), later)
      .then(silent);
  });
  it('is none after an answer', () => {
    const answer = resolutionFact('AnswerReceived', {
      ...{ caseId, answer: id('a'), request: id('q'), items: [], answeredAt: monday },
    });
    given(...waiting, answer)
      .when(fire('answer', 5), '2026-12-01T00:00:00.000Z')
      .thenNothing();
    given(...waiting, answer)
      .when(fire('answer', 4), '2026-12-01T00:00:00.000Z')
      .thenNothing();
  });
});

describe('a decided case', () => {
  const due = termEnd(calendar, '2026-02-03T02:00:00.000Z', '10wd');
  it('is closed by silence ten working days after the citizen was told', () => {
    given(...decided, told(id('d')))
      .when(fire('close', 5), due)
      .then(closed('silence'));
    given(...decided, told(id('d')))
      .when(fire('close', 5), before(due))
      .thenNothing();
  });
  it('ten and ten where nobody could be told; other news do not count', () => {
    const later = termEnd(calendar, monday, '20wd');
    given(...decided, told(id('other')))
      .when(fire('close', 5), before(later))
      .thenNothing();
    given(...decided)
      .when(fire('close', 5), later)
      .then(closed('silence'));
  });
  it('at once when the citizen is satisfied with it', () => {
    const rated = (satisfied: boolean) =>
      at(monday, resolutionFact('SatisfactionReceived', { caseId, decision: id('d'), satisfied }));
    given(...decided, rated(true))
      .when(fire('close', 5), monday)
      .then(closed('satisfied'));
    given(...decided, rated(false))
      .when(fire('close', 5), monday)
      .thenNothing();
  });
  it('once', () =>
    given(...decided, closed('silence'))
      .when(fire('close', 5), '2026-12-01T00:00:00.000Z')
      .thenNothing());
  it('begins again after it was reopened and decided anew', () => {
    const reopened = resolutionFact('CaseReopened', { caseId, reason: 'answered' });
    const again = given(...decided, reopened, accepted(), at('2026-03-02T02:00:00.000Z', resolved(), id('d2')));
    again.when(fire('close', 5), '2026-12-01T00:00:00.000Z').thenNothing();
    expect(resolutionDue(again.state, catalogue)).toMatchObject([{ clock: 'close', startedVersion: 8 }]);
  });
});

it('a withdrawn case is closed at once, an open one never', () => {
  const stands = at(monday, resolutionFact('WithdrawalReceived', { caseId, withdrawal: id('w'), result: 'stands' }));
  given(...working, stands)
    .when(fire('close', 5), monday)
    .then(closed('withdrawn'));
  expect(resolutionDue(given(...working).state, catalogue)).toEqual([]);
  given().when(fire('close', 1)).thenNothing();
});

it('nothing is due of what is no case yet', () => expect(resolutionDue({ status: 'none' }, catalogue)).toEqual([]));
