import { intakeFact, resolutionFact } from '../shared/facts';
import type { Actor } from '@garda/contracts';
import {
  asked,
  accepted,
  assigned,
  caseId,
  citizen,
  heard,
  known,
  staff,
  submitted,
  words,
  work,
} from '../../test/facts';
import { at, id, monday, specFor } from '../../test/spec';
import type { Given } from '../shared/fold';
import { resolutionFold } from '../resolution/evolve';
import { resolutionReaction } from '../resolution/reactions';
import type { ResolutionCase } from '../resolution/case';
import type { IntakeCase } from './case';
import { intakeFold } from './evolve';
import { attachEvidence, attachForCitizen, type AttachEvidence } from './evidence';
import { intakeReaction } from './reactions';

const given = specFor(intakeFold);
const photo = { sha256: 'ab'.repeat(32), mediaType: 'image/jpeg', size: 1000, sealed: [words] };
const attach =
  (more: Partial<AttachEvidence> = {}) =>
  (state: IntakeCase) =>
    attachEvidence(state, { ...photo, ...more });
const attached = (more: object = {}) => intakeFact('EvidenceAttached', { caseId, ...photo, ...more });
const waits = intakeFact('CaseProgressNoted', {
  ...{ caseId, state: 'waiting' as const, ref: id('q'), fact: 'InformationRequested', at: monday },
});
const ended = (state: 'closed' | 'withdrawn') =>
  intakeFact('CaseProgressNoted', { caseId, state, ref: id('e'), fact: 'CaseClosed', at: monday });

describe('evidence', () => {
  it('is attached by its hash, unasked or to the open question, and kept as that', () => {
    given(submitted()).when(attach()).then(attached());
    given(submitted(), waits)
      .when(attach({ request: id('q') }))
      .then(attached({ request: id('q') }));
    expect(given(submitted(), at(monday, attached(), id('e'))).state).toMatchObject({
      answers: [id('e')],
      evidence: [{ ref: id('e'), sha256: photo.sha256, mediaType: 'image/jpeg', size: 1000, at: monday }],
    });
  });
  it('each file once, to a question that is open, while the case is not over', () => {
    given(submitted(), attached()).when(attach()).thenRefused('EVIDENCE_KNOWN');
    given(submitted(), waits, attached())
      .when(attach({ sha256: 'cd'.repeat(32) }))
      .then(attached({ sha256: 'cd'.repeat(32) }));
    given(submitted())
      .when(attach({ request: id('q') }))
      .thenRefused('REQUEST_NOT_OPEN');
    for (const state of ['closed', 'withdrawn'] as const)
      given(submitted(), ended(state)).when(attach()).thenRefused('CASE_NOT_OPEN');
    given().when(attach()).thenRefused('CASE_NOT_FOUND');
  });
  it('is attached for him by the unit whose mandate he has confirmed, and by no other', () => {
    const recorded = intakeFact('MandateRecorded', { caseId, unit: 'desa-a', carrier: 'carrier', term: '30wd' });
    const confirmed = intakeFact('MandateConfirmed', { caseId, mandate: id('m') });
    const { sha256, mediaType, size } = photo;
    const body = { sha256, mediaType, size, reference: 'at the desk', words: 'the hole' };
    const by = (actor: Actor) => (state: IntakeCase) =>
      attachForCitizen(state, { caseId, actor, body, sealedWords: words });
    given(submitted(), at(monday, recorded, id('m')), confirmed)
      .when(by(staff('carrier', 'desa-a')))
      .then(attached());
    given(submitted(), at(monday, recorded, id('m')))
      .when(by(staff('carrier', 'desa-a')))
      .thenRefused('MANDATE_MISSING');
    given(submitted(), at(monday, recorded, id('m')), confirmed)
      .when(by(staff('clerk', 'kel-b')))
      .thenRefused('MANDATE_MISSING');
    given(submitted()).when(by(citizen)).thenRefused('MANDATE_MISSING');
  });
  it('answers the open question for the office', () => {
    const question = at(monday, asked(), id('q'));
    const answered = { caseId, answer: id('e'), request: id('q'), items: [], answeredAt: monday };
    specFor(resolutionFold)(known(), work(), assigned(), accepted(), question)
      .when((state: ResolutionCase, all: Given) =>
        resolutionReaction(state, heard(attached({ request: id('q') }), id('e')), all),
      )
      .then(resolutionFact('AnswerReceived', answered));
  });
});

describe('a correction', () => {
  const correction = (supersedes: string, subject = words.subject) =>
    resolutionFact('RecordCorrected', {
      ...{ caseId, unit: 'dpupr', supersedes, type: 'ProgressReported', reason: 'wrong_fact' as const },
      words: { ...words, subject },
    });
  const hear = (fact: ReturnType<typeof correction>) => (state: IntakeCase) =>
    intakeReaction(state, heard(fact, id('c')));
  const told = intakeFact('CaseProgressNoted', {
    ...{ caseId, state: 'news' as const, ref: id('p'), fact: 'ProgressReported', at: monday },
  });
  const note = (more: object) =>
    intakeFact('CaseProgressNoted', {
      ...{ caseId, state: 'news' as const, ref: id('c'), fact: 'RecordCorrected', at: monday, unit: 'dpupr' },
      ...{ supersedes: id('p'), ...more },
    });
  it('of what he was told is told, its words only where they are sealed to him', () => {
    given(submitted(), told)
      .when(hear(correction(id('p'))))
      .then(note({ words }));
    given(submitted(), told)
      .when(hear(correction(id('p'), id('another'))))
      .then(note({ words: undefined }));
  });
});
