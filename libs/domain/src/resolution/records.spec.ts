import type { Actor, StaffCommandBody } from '@garda/contracts';
import { accepted, applicant, assigned, caseId, known, noWork, staff, words, work } from '../../test/facts';
import { at, id, monday, specFor } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { resolutionFold } from './evolve';
import { correctRecord } from './records';

const given = specFor(resolutionFold);
const sealTo = [applicant, { ...applicant, subject: id('child') }];
const progress = at(
  monday,
  resolutionFact('ProgressReported', { caseId, unit: 'dpupr', code: 'visited', words }),
  id('progress'),
);
const working = [known({ sealTo }), work(), assigned(), accepted(), progress];
const correct =
  (actor: Actor, more: Partial<StaffCommandBody<'correct-record'>> = {}) =>
  (state: ResolutionCase, all: Given) => {
    const body = { record: id('progress'), reason: 'typing_error' as const, words: 'it was Tuesday', ...more };
    return correctRecord(state, { caseId, actor, body, sealedWords: words }, all);
  };
const correction = (unit = 'dpupr') =>
  resolutionFact('RecordCorrected', {
    ...{ caseId, unit, supersedes: id('progress'), type: 'ProgressReported', reason: 'typing_error', words },
  });

describe('a record', () => {
  it('is corrected by whoever made it, the quality unit or the inspectorate, and by no other', () => {
    for (const unit of ['dpupr', 'upkp2', 'inspektorat'])
      given(...working)
        .when(correct(staff('x', unit)))
        .then(correction(unit));
    for (const unit of ['setda', 'dishub'])
      given(...working)
        .when(correct(staff('x', unit)))
        .thenRefused('NOT_RESPONSIBLE');
    given(...working)
      .when(correct({ kind: 'program', id: 'open311', unit: 'dpupr' }))
      .thenRefused('NOT_RESPONSIBLE');
  });
  it('is corrected about any of those to whom the case is sealed', () => {
    for (const { subject } of sealTo)
      given(...working)
        .when(correct(staff('x', 'dpupr'), { about: subject }))
        .then(correction());
  });
  it('is what some unit has put down: what no unit has decided is none', () => {
    const asLeader = resolutionFact('CaseResolved', { caseId, outcome: 'as_leader', by: 'dishub' });
    expect(given(known(), noWork, asLeader).state).toMatchObject({ status: 'decided', records: [] });
  });
});
