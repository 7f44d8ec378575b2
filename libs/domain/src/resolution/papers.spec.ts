import type { ResolutionFact } from '@garda/contracts';
import { caseId, familyCard, known, work } from '../../test/facts';
import { at, specFor } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import type { Paper } from './papers';
import { resolutionFold } from './evolve';

const given = specFor(resolutionFold);
const unit = 'desa-a';
const items = ['old KK'];
const tuesday = '2026-02-03T02:00:00.000Z';
const held = [
  known(familyCard),
  work(unit, 0, familyCard),
  resolutionFact('DocumentsReceived', { caseId, unit, items: ['old KK', 'letter'] }),
];

it.each<[Paper['state'], ResolutionFact]>([
  ['lost', resolutionFact('DocumentsLost', { caseId, unit, items })],
  ['returned', resolutionFact('DocumentsReturned', { caseId, unit, items, to: 'applicant', receipt: '1' })],
  ['with_proxy', resolutionFact('DocumentsReturned', { caseId, unit, items, to: 'proxy', receipt: '1' })],
  ['archived', resolutionFact('DocumentsArchived', { caseId, unit, items })],
])('of two papers at one desk the one that is %s is that, and the other is still there', (state, fact) => {
  const after = given(...held, at(tuesday, fact)).state;
  const before = given(...held).state;
  const [paper, other] = 'papers' in before ? before.papers : [];
  expect(after).toEqual({ ...before, papers: [{ ...paper, state, since: tuesday, version: 4 }, other] });
});
