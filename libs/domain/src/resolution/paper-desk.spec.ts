import type { Actor, ResolutionFact } from '@garda/contracts';
import { assigned, caseId, citizen, familyCard, importer, known, resolved, staff, work } from '../../test/facts';
import { id, monday, specFor } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { resolutionCommands } from './commands';
import { resolutionFold } from './evolve';

const given = specFor(resolutionFold);
type Command = 'receive-papers' | 'hand-over-papers' | 'acknowledge-papers' | 'lose-papers' | 'return-papers';
const village = staff('village-officer', 'desa-a');
const district = staff('counter', 'kec-01');
const items = ['old KK'];
const bodies: Readonly<Record<Command, object>> = {
  'receive-papers': { items },
  'hand-over-papers': { items, to: 'kec-01', carrier: 'runner' },
  'acknowledge-papers': { items, missing: [] },
  'lose-papers': { items },
  'return-papers': { items, to: 'applicant', receipt: 'TT-1' },
};
const by = (name: Command, actor: Actor = village, body: object = bodies[name]) => {
  const rule = resolutionCommands[name] as (s: ResolutionCase, a: unknown, g: Given) => readonly ResolutionFact[];
  return (state: ResolutionCase, all: Given) => rule(state, { caseId, actor, body }, all);
};

const unit = 'desa-a';
const received = resolutionFact('DocumentsReceived', { caseId, unit, items });
const sent = resolutionFact('DocumentsHandedOver', { caseId, unit, items, to: 'kec-01', carrier: 'runner' });
const came = resolutionFact('DocumentsAcknowledged', { caseId, unit: 'kec-01', items, missing: [] });
const missing = resolutionFact('DocumentsAcknowledged', { caseId, unit: 'kec-01', items: [], missing: items });
const lost = resolutionFact('DocumentsLost', { caseId, unit, items });
const returned = resolutionFact('DocumentsReturned', { caseId, unit, items, to: 'applicant', receipt: 'TT-1' });
const toProxy = resolutionFact('DocumentsReturned', { caseId, unit, items, to: 'proxy', receipt: 'TT-1' });
const mandate = (state: 'recorded' | 'confirmed' | 'ended', of = unit) =>
  resolutionFact('MandateNoted', { caseId, mandate: id('m'), state, unit: of, carrier: 'clerk' });
const working = [known(familyCard), work('desa-a', 0, familyCard)];
const held = [...working, received];

describe.each(Object.keys(bodies) as Command[])('%s', (name) => {
  it('needs a case, and a member of staff', () => {
    given().when(by(name)).thenRefused('CASE_NOT_FOUND');
    for (const actor of [citizen, importer])
      given(...held)
        .when(by(name, actor))
        .thenRefused('NOT_RESPONSIBLE');
  });
  it('happens now, and never at the unit that is reported', () => {
    given(...held)
      .when(by(name, village, { ...bodies[name], occurredAt: monday }))
      .thenRefused('OCCURRED_AT_NOT_ALLOWED');
    given(known({ ...familyCard, reportedUnit: 'desa-a' }))
      .when(by(name))
      .thenRefused('UNIT_JUDGES_ITSELF');
  });
});

describe('papers', () => {
  it('are taken from the citizen while the case is open', () => {
    given(...working)
      .when(by('receive-papers'))
      .then(received);
    given(...working, resolved('no_answer', unit))
      .when(by('receive-papers'))
      .thenRefused('CASE_NOT_OPEN');
  });
  it('are taken once; lost or given back they may come anew', () => {
    for (const facts of [[], [sent], [sent, missing]])
      given(...held, ...facts)
        .when(by('receive-papers'))
        .thenRefused('PAPERS_KNOWN');
    for (const fact of [lost, returned])
      given(...held, fact)
        .when(by('receive-papers'))
        .then(received);
  });
  it('are sent on by the unit that has them, also after they were found missing', () => {
    for (const facts of [[], [sent, missing]])
      given(...held, ...facts)
        .when(by('hand-over-papers'))
        .then(sent);
  });
  it('are sent by nobody else, not twice, and to another unit of ours', () => {
    given(...held)
      .when(by('hand-over-papers', district, { items, to: 'desa-a', carrier: 'x' }))
      .thenRefused('PAPERS_NOT_HELD');
    given(...held, sent)
      .when(by('hand-over-papers'))
      .thenRefused('PAPERS_NOT_HELD');
    given(...held)
      .when(by('hand-over-papers', village, { items: ['another'], to: 'kec-01', carrier: 'x' }))
      .thenRefused('PAPERS_NOT_HELD');
    for (const [to, code] of [
      ['desa-a', 'RECEIVER_IS_SENDER'],
      ['x-bptd', 'UNIT_UNKNOWN'],
      ['nowhere', 'UNIT_UNKNOWN'],
    ] as const)
      given(...held)
        .when(by('hand-over-papers', village, { items, to, carrier: 'x' }))
        .thenRefused(code);
  });
  it('are acknowledged by the receiver as come or as missing, and as come after all', () => {
    given(...held, sent)
      .when(by('acknowledge-papers', district))
      .then(came);
    given(...held, sent)
      .when(by('acknowledge-papers', district, { items: [], missing: items }))
      .then(missing);
    given(...held, sent, missing)
      .when(by('acknowledge-papers', district))
      .then(came);
    expect(given(...held, sent, missing).state).toMatchObject({
      papers: [{ item: 'old KK', state: 'missing', unit: 'desa-a', to: 'kec-01' }],
    });
  });
  it('are acknowledged by nobody else, nor missing twice', () => {
    given(...held, sent)
      .when(by('acknowledge-papers', staff('agency', 'disdukcapil')))
      .thenRefused('PAPERS_NOT_SENT_HERE');
    given(...held, sent)
      .when(by('acknowledge-papers', staff('agency', 'disdukcapil'), { items: [], missing: items }))
      .thenRefused('PAPERS_NOT_SENT_HERE');
    given(...held)
      .when(by('acknowledge-papers', district))
      .thenRefused('PAPERS_NOT_SENT_HERE');
    given(...held, sent, missing)
      .when(by('acknowledge-papers', district, { items: [], missing: items }))
      .thenRefused('PAPERS_NOT_SENT_HERE');
  });
  it('are declared lost by the unit that has or sent them, whatever the case waits for', () => {
    for (const facts of [[], [sent], [sent, missing], [resolved('no_answer', unit)]])
      given(...held, ...facts)
        .when(by('lose-papers'))
        .then(lost);
    given(...held, sent)
      .when(by('lose-papers', district))
      .thenRefused('PAPERS_NOT_HELD');
    given(...held, lost)
      .when(by('lose-papers'))
      .thenRefused('PAPERS_NOT_HELD');
  });
  it('are given back by the desk that has them, to the applicant', () => {
    given(...held)
      .when(by('return-papers'))
      .then(returned);
    given(...held)
      .when(by('return-papers', district))
      .thenRefused('PAPERS_NOT_HELD');
    given(...held, sent)
      .when(by('return-papers'))
      .thenRefused('PAPERS_NOT_HELD');
    given(...held)
      .when(by('return-papers', village, { items, to: 'proxy', receipt: 'TT-1' }))
      .thenRefused('MANDATE_NOT_CONFIRMED');
  });
  it('are kept by the desk as the proxy whom the citizen has confirmed, and by no other', () => {
    const back = by('return-papers', village, { items, to: 'proxy', receipt: 'TT-1' });
    given(...held, mandate('confirmed'))
      .when(back)
      .then(toProxy);
    for (const other of [mandate('recorded'), mandate('ended'), mandate('confirmed', 'kec-01')])
      given(...held, other)
        .when(back)
        .thenRefused('MANDATE_NOT_CONFIRMED');
    given(...held, mandate('confirmed'), toProxy)
      .when(back)
      .thenRefused('PAPERS_NOT_HELD');
  });
  it('are given by the proxy to the citizen, also once it is his proxy no more; until then it answers for them', () => {
    for (const since of [[], [mandate('ended')]]) {
      const kept = [...held, mandate('confirmed'), toProxy, ...since];
      given(...kept)
        .when(by('return-papers'))
        .then(returned);
      given(...kept)
        .when(by('return-papers', district))
        .thenRefused('PAPERS_NOT_HELD');
      given(...kept)
        .when(by('lose-papers'))
        .then(resolutionFact('DocumentsLost', { caseId, unit, items }));
      given(...kept)
        .when(by('lose-papers', district))
        .thenRefused('PAPERS_NOT_HELD');
      given(...kept, returned)
        .when(by('return-papers'))
        .thenRefused('PAPERS_NOT_HELD');
      given(...kept, returned)
        .when(by('lose-papers'))
        .thenRefused('PAPERS_NOT_HELD');
    }
  });
  it('that the proxy keeps hold nothing back', () => {
    expect(given(...held, toProxy).state).toMatchObject({ papers: [{ state: 'with_proxy', unit, to: null }] });
  });
});

describe('accepting', () => {
  const accept = (state: ResolutionCase, all: Given) =>
    resolutionCommands.accept(state, { caseId, actor: district, body: {} }, all);
  const atDistrict = [...held, sent, work('kec-01', 1, familyCard, 2), assigned('counter', 'kec-01', 'taken', 2)];
  const accepted = resolutionFact('CaseAccepted', { caseId, unit: 'kec-01', officer: 'counter' });
  it('waits for papers on the way', () =>
    given(...atDistrict)
      .when(accept)
      .thenRefused('PAPERS_ON_THE_WAY'));
  it('does not wait for missing or lost ones, nor for those that stay elsewhere', () => {
    for (const fact of [came, missing, lost])
      given(...atDistrict, fact)
        .when(accept)
        .then(accepted);
    const stays = atDistrict.filter((fact) => fact !== sent);
    given(...stays)
      .when(accept)
      .then(accepted);
  });
});
