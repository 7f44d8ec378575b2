import type { Random } from '../random';
import { staffCommand, type Act, type Opening } from './cases';
import type { Command } from './told';

/** Desks of the demo between which papers travel, and who decides in the end. */
export const errandStaff: readonly string[] = [
  'tulis.officer',
  'tulis.head',
  'kec-tulis.counter',
  'kec-tulis.head',
  'disdukcapil.officer',
];

const papers = ['KK lama', 'bukti peristiwa'];
const act = (by: string, name: string, body?: object): Act => ({ by, name, ...(body && { body }) });
const village = 'tulis.officer';
const district = 'kec-tulis.counter';
const agency = 'disdukcapil.officer';
const product = (name: string, partial: boolean, signatory: string): object => ({
  ...{ product: name, partial, number: '470/1', signatory },
});
const send = (by: string, to: string): Act => act(by, 'hand-over-papers', { items: papers, to, carrier: by });

/** A family card over three tiers, with its papers; and a letter that the village itself can write. */
const familyCard: Opening['story'] = [
  [act(village, 'accept'), act(village, 'record-mandate', { carrier: village })],
  [act(village, 'issue-product', product('file receipt', true, 'tulis.head'))],
  [send(village, 'kec-33.25.10')],
  [act(village, 'complete-stage'), act('tulis.head', 'change-carrier', { carrier: 'tulis.head' })],
  [act(district, 'acknowledge-papers', { items: papers })],
  [act(district, 'take')],
  [act(district, 'accept')],
  [act(district, 'issue-product', product('forwarding note', true, 'kec-tulis.head'))],
  [send(district, 'disdukcapil')],
  [act(district, 'complete-stage')],
  [act(agency, 'acknowledge-papers', { items: papers.slice(0, 1), missing: papers.slice(1) })],
  [act(district, 'lose-papers', { items: papers.slice(1) }), act(agency, 'take')],
  [act(agency, 'accept')],
  [act(agency, 'issue-product', product('population_document', false, 'disdukcapil.head'))],
  [act(agency, 'resolve', { outcome: 'granted' })],
  [act(agency, 'return-papers', { items: papers.slice(0, 1), receipt: 'tanda terima 1' })],
];
const letter: Opening['story'] = [
  [act(village, 'accept'), act(village, 'record-mandate', { carrier: village })],
  [act(village, 'decline-gift', { gift: { kind: 'money', amount: 50_000 } })],
  [act(village, 'issue-product', product('village_letter', false, 'tulis.head'))],
  [act(village, 'resolve', { outcome: 'granted' })],
  [act(village, 'return-papers', { items: papers, receipt: 'tanda terima 2' }), act('tulis.head', 'end-mandate')],
];

/** A citizen's errand, filed at a village desk that takes his papers. The person is made up. */
export function errand(random: Random, tokenOf: (person: string) => string): Opening {
  const card = random.next() < 0.6;
  const submission = {
    ...{ standard: card ? 'DK-01' : 'DS-02', identity: 'named', content: 'private', area: '33.25.10.2007' },
    person: { name: `Warga ${random.between(1, 1_000_000)}` },
    description: `Permohonan ${random.between(1, 1_000_000)}`,
    attributes: card ? { change: 'birth' } : { purpose: 'melamar kerja' },
  };
  const filing = act(village, 'file', { submission, papers });
  const command: Command = { ...staffCommand(filing, '/cases', random, tokenOf), context: 'intake' };
  return { command, officer: village, story: card ? familyCard : letter };
}

/** What belongs to no case: a trip to the district, or slips for the village's desk. */
export function besideCases(random: Random, tokenOf: (person: string) => string): Command {
  if (random.next() < 0.5) {
    const body = { unit: 'desa-33.25.10.2007', count: 2 };
    const issue = act('kec-tulis.head', 'issue-slips', body);
    const streamOf = (answer: Readonly<Record<string, unknown>>): string => `slips-${String(answer['book'])}`;
    return { ...staffCommand(issue, '/slip-books', random, tokenOf), context: 'intake', streamOf };
  }
  const cost = { costLine: 'Perjalanan dinas desa', cost: random.between(10, 50) * 1000 };
  const errandOf = {
    carrier: 'tulis.head',
    date: '2026-01-05',
    to: 'kec-33.25.10',
    cases: [],
    kilometres: 14,
    ...cost,
  };
  const trip = act(village, 'record-trip', errandOf);
  const streamOf = (answer: Readonly<Record<string, unknown>>): string => `trip-${String(answer['tripId'])}`;
  return { ...staffCommand(trip, '/trips', random, tokenOf), context: 'resolution', streamOf };
}
