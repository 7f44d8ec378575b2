import type { Actor, FiledBy, IntakeData, PinnedTerms, RecordedEvent, Submission } from '@garda/contracts';
import { intakeFact, resolutionFact, routingFact } from '../src/shared/facts';
import type { SubmitCase } from '../src/intake/submit';
import { pinTerms } from '../src/intake/terms';
import { catalogue } from './catalogue';
import { id, monday, recorded } from './spec';

export const caseId = id('the case');
export const otherCase = id('another case');
export const applicant = { subject: id('applicant'), publicKey: 'key' };

export const staff = (person: string, unit: string): Actor => ({ kind: 'staff', id: person, unit });
export const importer: Actor = { kind: 'program', id: 'import' };
export const citizen: Actor = { kind: 'citizen' };

export const words = { subject: applicant.subject, enc: 'enc', ct: 'ct' };

export function terms(standard: string, entry: IntakeData<'CaseSubmitted'>['entry'] = 'citizen'): PinnedTerms {
  const found = catalogue.standard(standard);
  if (found === undefined) throw new Error(`no standard ${standard}`);
  return pinTerms(found, entry, monday, catalogue);
}

type Submitted = IntakeData<'CaseSubmitted'>;

export function submittedData(more: Partial<Submitted> = {}): Submitted {
  return {
    caseId,
    number: '012345678',
    terms: terms('PU-01'),
    channel: 'web',
    filedBy: { by: 'citizen' },
    receivedAt: monday,
    entry: 'citizen',
    objectPlace: { lat: -6.9, long: 109.7 },
    identity: 'named',
    content: 'public',
    subjects: [{ subject: applicant.subject, role: 'applicant' }],
    sealTo: [applicant],
    attributes: {},
    sealed: [words],
    contentCommitment: 'a'.repeat(64),
    tellBy: 'page',
    papers: [],
    ...more,
  };
}
export const submitted = (more: Partial<Submitted> = {}) => intakeFact('CaseSubmitted', submittedData(more));

export const desk: FiledBy = { by: 'desk', unit: 'desa-a', officer: 'village-officer' };

/** The family card, handed in at the village. */
export const familyCard: Partial<Submitted> = {
  terms: terms('DK-01', 'village'),
  filedBy: desk,
  entry: 'village',
  area: '33.25.01.2001',
  content: 'private',
  objectPlace: {},
};

export function entered(more: Partial<Submitted> = {}) {
  const all = submittedData(more);
  const { terms: pinned, filedBy, sealTo, papers, receivedAt, entry, area, objectPlace, attributes } = all;
  const { identity, content, reportedUnit } = all;
  return routingFact('CaseEntered', {
    ...{ caseId, terms: pinned, filedBy, sealTo, papers, receivedAt, entry, area, objectPlace, attributes },
    ...{ caseId: all.caseId, identity, content, reportedUnit },
  });
}

const firstStage = (more: Partial<Submitted>) => {
  const [stage] = submittedData(more).terms.stages;
  if (stage === undefined) throw new Error('terms without stages');
  return stage;
};

export const routed = (unit = 'dpupr', more: Partial<Submitted> = {}, binding = false, offer = 1) =>
  routingFact('CaseRouted', {
    ...{ caseId, unit, offer, stage: 0, terms: firstStage(more), binding, by: binding ? 'triage' : 'policy' },
  });
export const acknowledged = (
  unit = 'dpupr',
  how: 'receiver' | 'filed_here' | 'officer_assigned' | 'deemed' = 'receiver',
) => routingFact('HandOverAcknowledged', { caseId, unit, offer: 1, how });

export function known(more: Partial<Submitted> = {}) {
  const { terms: pinned, filedBy, sealTo, identity, content, papers, reportedUnit } = submittedData(more);
  return resolutionFact('CaseKnown', {
    caseId,
    terms: pinned,
    filedBy,
    sealTo,
    identity,
    content,
    papers,
    reportedUnit,
  });
}
export const work = (unit = 'dpupr', stage = 0, more: Partial<Submitted> = {}, offer = 1) => {
  const stageTerms = submittedData(more).terms.stages[stage];
  if (stageTerms === undefined) throw new Error(`no stage ${stage}`);
  return resolutionFact('WorkReceived', {
    ...{ caseId, kind: 'stage', unit, offer, stage, terms: stageTerms, binding: false },
  });
};
export const noWork = resolutionFact('WorkReceived', { caseId, kind: 'none' });
export const assigned = (
  officer = 'officer',
  unit = 'dpupr',
  by: 'taken' | 'head' | 'filed_here' = 'taken',
  offer = 1,
) => resolutionFact('OfficerAssigned', { caseId, offer, unit, officer, by });
export const accepted = (officer = 'officer', unit = 'dpupr') =>
  resolutionFact('CaseAccepted', { caseId, unit, officer });
export const asked = (unit = 'dpupr') =>
  resolutionFact('InformationRequested', { caseId, unit, items: ['photo'], offList: ['photo'], words });
export const resolved = (outcome: 'remedied' | 'no_answer' | 'granted' = 'remedied', unit = 'dpupr') =>
  resolutionFact('CaseResolved', { caseId, unit, outcome });

export const submission = (more: Partial<Submission> = {}): Submission => ({
  standard: 'PU-01',
  identity: 'named',
  content: 'public',
  person: { name: 'Invented Person' },
  description: 'a hole in the road',
  objectPlace: { lat: -6.9, long: 109.7 },
  attributes: {},
  ...more,
});

export const submit = (more: Partial<Submission> = {}, command: Partial<SubmitCase> = {}): SubmitCase => ({
  actor: citizen,
  submission: submission(more),
  caseId,
  number: '012345678',
  channel: 'web',
  applicant,
  sealed: [words],
  contentCommitment: 'a'.repeat(64),
  tellBy: 'page',
  ...command,
});

/** One fact as another context's topic carries it. */
export function heard(
  fact: Parameters<typeof recorded>[0][number],
  eventId = id('foreign'),
  at = monday,
): RecordedEvent {
  const [event] = recorded([{ ...fact, at, eventId }]);
  if (event === undefined) throw new Error('nothing recorded');
  return event;
}
