import type { NewEvent } from '@garda/contracts';
import { acknowledged, caseId, entered, familyCard, heard, routed, staff } from '../../test/facts';
import { catalogue } from '../../test/catalogue';
import { specFor, type Fact } from '../../test/spec';
import { resolutionFact, routingFact } from '../shared/facts';
import { routingDue } from './due';
import { routingFold } from './evolve';
import { acknowledgeHandOver } from './hand-over';
import { routingReaction } from './reactions';

const given = specFor(routingFold);
const items = ['old KK'];
const unit = 'desa-a';
const reacts = (facts: readonly Fact[], fact: NewEvent) =>
  given(...facts).when((state, all) => routingReaction(state, heard(fact), all));

const received = resolutionFact('DocumentsReceived', { caseId, unit, items });
const sent = resolutionFact('DocumentsHandedOver', { caseId, unit, items, to: 'kec-01', carrier: 'x' });
const came = (at = 'kec-01') => resolutionFact('DocumentsAcknowledged', { caseId, unit: at, items, missing: [] });
const missing = resolutionFact('DocumentsAcknowledged', { caseId, unit: 'kec-01', items: [], missing: items });
const lost = resolutionFact('DocumentsLost', { caseId, unit, items });
const noted = (data: object) => routingFact('PapersNoted', { caseId, items, ...data } as never);
const here = noted({ where: 'at', unit });
const onTheWay = noted({ where: 'on_the_way', unit, to: 'kec-01' });
const papers = noted({ where: 'at', unit: 'kec-01' });

const first = [entered(familyCard), routed(unit, familyCard), acknowledged(unit, 'filed_here'), here];
const handedOver = routingFact('StageHandedOver', {
  ...{
    caseId,
    from: unit,
    unit: 'kec-01',
    offer: 2,
    stage: 1,
    terms: { tier: 'district', kind: 'assist', time: '2wd' },
  },
});
const offered = [...first, onTheWay, handedOver];
const officer = routingFact('OfficerNoted', { caseId, offer: 2, unit: 'kec-01', officer: 'counter' });
const holds = (how: 'papers' | 'officer_assigned') =>
  routingFact('HandOverAcknowledged', { caseId, unit: 'kec-01', offer: 2, how });

it('takes over where the papers are', () => {
  const held = first.slice(0, 3);
  reacts(held, received).then(here);
  reacts(first, sent).then(onTheWay);
  reacts([...first, onTheWay], missing).then(noted({ where: 'missing', unit, to: 'kec-01' }));
  reacts([...first, onTheWay], lost).then(noted({ where: 'lost' }));
  const back = resolutionFact('DocumentsReturned', { caseId, unit, items, to: 'applicant', receipt: '1' });
  for (const fact of [back, resolutionFact('DocumentsArchived', { caseId, unit, items })])
    reacts(first, fact).then(noted({ where: 'none' }));
});

it('takes no papers that are given back for papers that came', () => {
  const back = resolutionFact('DocumentsReturned', { caseId, unit: 'kec-01', items, to: 'applicant', receipt: '1' });
  reacts([...first, papers, handedOver], back).then(noted({ where: 'none' }));
});

it('moves the papers that it is about, and no others', () => {
  const both = [...first, noted({ items: ['photo'], where: 'on_the_way', unit: 'kel-b', to: 'kec-01' }), onTheWay];
  expect(given(...both).state).toMatchObject({
    papers: [
      { item: 'photo', where: 'on_the_way', unit: 'kel-b', to: 'kec-01' },
      { item: 'old KK', where: 'on_the_way', unit, to: 'kec-01' },
    ],
  });
  reacts(both, missing).then(noted({ where: 'missing', unit, to: 'kec-01' }));
});

describe('a unit that takes the papers from the citizen itself', () => {
  const took = (at: string, which = items) => resolutionFact('DocumentsReceived', { caseId, unit: at, items: which });
  it('has the case, once no others are on the way', () => {
    reacts([...first, handedOver], took('kec-01')).then(papers, holds('papers'));
    reacts([...first, noted({ where: 'lost' }), handedOver], took('kec-01')).then(papers, holds('papers'));
    reacts(offered, took('kec-01', ['photo'])).then(noted({ items: ['photo'], where: 'at', unit: 'kec-01' }));
  });
  it('not where another desk takes them', () =>
    reacts([...first, handedOver], took('kel-b')).then(noted({ where: 'at', unit: 'kel-b' })));
});

describe('an offer whose papers come from elsewhere', () => {
  const takes: Parameters<ReturnType<typeof given>['when']>[0] = (state, all) =>
    acknowledgeHandOver(state, { caseId, actor: staff('counter', 'kec-01'), body: {} }, all);
  it('is not acknowledged by word, by taking it, or by silence', () => {
    given(...offered)
      .when(takes)
      .thenRefused('PAPERS_ON_THE_WAY');
    const assigned = resolutionFact('OfficerAssigned', {
      ...{ caseId, offer: 2, unit: 'kec-01', officer: 'counter', by: 'taken' },
    });
    reacts(offered, assigned).then(officer);
    expect(routingDue(given(...offered).state, catalogue).map(({ clock }) => clock)).not.toContain('handover');
  });
  it('is acknowledged with the papers, also where they are missing', () => {
    reacts(offered, came()).then(papers, holds('papers'));
    reacts(offered, missing).then(noted({ where: 'missing', unit, to: 'kec-01' }), holds('papers'));
  });
  it('and where the last of them is lost', () => reacts(offered, lost).then(noted({ where: 'lost' }), holds('papers')));
  it('but not while another one is on the way still', () =>
    reacts([...offered, noted({ items: ['photo'], where: 'on_the_way', unit, to: 'kec-01' })], lost).then(
      noted({ where: 'lost' }),
    ));
  it('nor where none was on the way, lost or sent away by the unit itself', () => {
    reacts([...first, handedOver], lost).then(noted({ where: 'lost' }));
    const away = resolutionFact('DocumentsHandedOver', { caseId, unit: 'kec-01', items, to: 'kel-b', carrier: 'x' });
    reacts([...first, handedOver, papers], away).then(noted({ where: 'on_the_way', unit: 'kec-01', to: 'kel-b' }));
  });
  it('or where they came to another unit, by whoever has taken it meanwhile', () => {
    const elsewhere = noted({ where: 'at', unit: 'kel-b' });
    reacts(offered, came('kel-b')).then(elsewhere);
    reacts([...offered, officer], came('kel-b')).then(elsewhere, holds('officer_assigned'));
  });
  it('while they lie there still, in every way', () => {
    const digital = [...first, handedOver];
    given(...digital)
      .when(takes)
      .then(routingFact('HandOverAcknowledged', { caseId, unit: 'kec-01', offer: 2, how: 'receiver' }));
    expect(routingDue(given(...digital).state, catalogue).map(({ clock }) => clock)).toContain('handover');
  });
});
