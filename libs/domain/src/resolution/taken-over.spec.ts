import {
  accepted,
  asked,
  assigned,
  caseId,
  desk,
  entered,
  familyCard,
  known,
  noWork,
  resolved,
  routed,
  terms,
  work,
} from '../../test/facts';
import { hears } from '../../test/asked';
import { closedBy, disputed, judged } from '../../test/disputes';
import { at, id, monday, specFor } from '../../test/spec';
import { intakeFact, resolutionFact, routingFact } from '../shared/facts';
import { resolutionFold } from './evolve';
import { resolutionReaction } from './reactions';

const given = specFor(resolutionFold);
const hear = hears(resolutionReaction);

describe('the papers that come with a case', () => {
  const papers = ['old KK'];
  it('are at the desk that took them', () => {
    const filed = { ...familyCard, papers };
    given()
      .when(hear(entered(filed)))
      .then(known(filed), resolutionFact('DocumentsReceived', { caseId, unit: 'desa-a', items: papers }));
  });
  it('are nowhere where there are none, nor where no desk took them', () => {
    for (const filed of [familyCard, { papers }])
      given()
        .when(hear(entered(filed)))
        .then(known(filed));
  });
});

describe('the work of a stage', () => {
  const [, second] = terms('DK-01', 'village').stages;
  it('binds the unit where triage has said so', () => {
    const [stage] = terms('PU-01').stages;
    if (stage === undefined) throw new Error('no stage');
    given(known())
      .when(hear(routed('dpupr', {}, true)))
      .then(
        resolutionFact('WorkReceived', {
          ...{ caseId, kind: 'stage', unit: 'dpupr', offer: 1, stage: 0, terms: stage, binding: true },
        }),
      );
  });
  it('that is not the first is not the filing officer’s, though it comes to his unit', () => {
    if (second === undefined) throw new Error('no stage');
    const filed = { ...familyCard, filedBy: { ...desk, unit: 'kec-01' } };
    const next = { from: 'desa-a', unit: 'kec-01', offer: 2, stage: 1, terms: second };
    given(known(filed), work('desa-a', 0, filed))
      .when(hear(routingFact('StageHandedOver', { caseId, ...next })))
      .then(work('kec-01', 1, filed, 2));
  });
  it('that its terms do not have is nobody’s when it is resumed', () =>
    given(known(), work())
      .when(hear(routingFact('CaseResumed', { caseId, unit: 'dpupr', offer: 2, stage: 1, time: '14wd' })))
      .then(noWork));
});

describe('an answer in time to a question that has lapsed', () => {
  const lapse = '2026-04-20T02:00:00.000Z';
  const inTime = '2026-02-04T02:00:00.000Z';
  const waiting = [known(), work(), assigned(), accepted(), at(monday, asked(), id('q'))];
  const answer = hear(
    intakeFact('InformationProvided', { caseId, request: id('q'), items: ['photo'], sealed: [] }),
    inTime,
  );
  const received = resolutionFact('AnswerReceived', {
    ...{ caseId, answer: id('foreign'), request: id('q'), items: ['photo'], answeredAt: inTime },
  });
  it('is only added to the file where it was not for want of it that the case was decided', () => {
    const other = resolutionFact('CaseResolved', { caseId, unit: 'dpupr', outcome: 'as_leader', by: 'dishub' });
    given(...waiting, at(lapse, other))
      .when(answer)
      .then(received);
  });
  it('is only added where the decision is disputed, and where the dispute has made it final', () => {
    const stands = [...waiting, at(lapse, resolved('no_answer'), id('d')), disputed(id('d'))];
    const final = [...stands, judged('dismissed')];
    for (const facts of [stands, final, [...final, closedBy('dismissed')]])
      given(...facts)
        .when(answer)
        .then(received);
  });
});
