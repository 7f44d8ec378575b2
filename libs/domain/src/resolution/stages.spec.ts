import type { ResolutionFact } from '@garda/contracts';
import { accepted, assigned, caseId, known, resolved, staff, terms, work } from '../../test/facts';
import { asks } from '../../test/asked';
import { specFor } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import { resolutionFold } from './evolve';

const given = specFor(resolutionFold);
const by = asks();

type File = NonNullable<Parameters<typeof known>[0]>;
/** The work of a stage, in the hands of its officer; what was issued before the hand-over comes first. */
const working = (file: File, unit: string, stage = 0, before: readonly ResolutionFact[] = []) => [
  ...[known(file), ...before, work(unit, stage, file, stage + 1)],
  ...[assigned('officer', unit, 'taken', stage + 1), accepted('officer', unit)],
];
const issued = (product: string, unit: string, stage: number, partial = true) =>
  resolutionFact('ProductIssued', { caseId, unit, stage, product, partial, number: '1', signatory: 'head' });
const completed = (unit: string, stage: number) => resolutionFact('StageCompleted', { caseId, unit, stage });
const complete = (unit: string) => by('complete-stage', staff('officer', unit), {});

const card = terms('DK-01', 'village');

describe('a stage', () => {
  it('that promises no product of its own is completed without one', () =>
    given(...working({ terms: card }, 'kec-01', 1))
      .when(complete('kec-01'))
      .then(completed('kec-01', 1)));
  it('leaves its own product, whatever the one before has left', () => {
    const stages = card.stages.map((stage) => ({ ...stage, partial: 'file receipt' }));
    const second = working({ terms: { ...card, stages } }, 'kec-01', 1, [issued('file receipt', 'desa-a', 0)]);
    given(...second)
      .when(complete('kec-01'))
      .thenRefused('PARTIAL_PRODUCT_MISSING');
    given(...second, issued('file receipt', 'kec-01', 1))
      .when(complete('kec-01'))
      .then(completed('kec-01', 1));
  });
  it('leaves a product without a payment: only what the case is about is paid for', () => {
    const { tariff } = terms('LH-02');
    given(...working({ terms: { ...card, tariff } }, 'desa-a'))
      .when(
        by('issue-product', staff('officer', 'desa-a'), {
          ...{ product: 'file receipt', partial: true, number: '1', signatory: 'head' },
        }),
      )
      .then(issued('file receipt', 'desa-a', 0));
  });
});

it('a paper is issued where it is granted, and not where the case ends otherwise', () => {
  const letter = working({ terms: terms('DS-02', 'village') }, 'desa-a');
  for (const outcome of ['partly', 'information_given'] as const)
    given(...letter)
      .when(by('resolve', staff('officer', 'desa-a'), { outcome }))
      .then(resolutionFact('CaseResolved', { caseId, unit: 'desa-a', outcome }));
  given(...letter)
    .when(by('resolve', staff('officer', 'desa-a'), { outcome: 'granted' }))
    .thenRefused('PRODUCT_MISSING');
  given(...letter, issued('village_letter', 'desa-a', 0, false))
    .when(by('resolve', staff('officer', 'desa-a'), { outcome: 'granted' }))
    .then(resolved('granted', 'desa-a'));
});
