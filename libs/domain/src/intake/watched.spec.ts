import type { DeclaredMoney } from '@garda/contracts';
import { caseId, submitted, terms } from '../../test/facts';
import { at, id, monday, recorded, type Fact } from '../../test/spec';
import { intakeFact } from '../shared/facts';
import { foldAll } from '../shared/fold';
import { intakeFold } from './evolve';
import { submittedCase } from './submitted';
import { againstAssessed } from './watched';

const caseOf = (...facts: readonly Fact[]) => submittedCase(foldAll(intakeFold, recorded(facts)));
const money: DeclaredMoney = { amount: 50_000, to: 'village', forWhat: 'thanks', paidOn: '2026-02-02', receipt: false };

describe('declared against assessed', () => {
  const fee = (line: string, amount: number, state: 'assessed' | 'received' | 'cancelled', ref = line): Fact =>
    at(monday, intakeFact('FeeNoted', { caseId, state, fee: id(ref), ref: id(ref + state), at: monday, amount, line }));
  const compare = (said: readonly Partial<DeclaredMoney>[], ...facts: readonly Fact[]) => {
    const state = caseOf(submitted({ terms: terms('LH-02') }), ...facts);
    return againstAssessed(
      state,
      said.map((one) => ({ ...money, ...one })),
    );
  };

  it('is watched above the ceiling of a line, whatever was assessed', () => {
    const cap = (...amounts: number[]) =>
      compare(
        amounts.map((amount) => ({ amount, line: 'CAP-1' })),
        fee('CAP-1', 100_000, 'assessed'),
      );
    expect(cap(60_000, 40_000)).toEqual({
      ...{ declared: 100_000, assessed: 100_000, received: 0, watched: false },
      lines: [{ line: 'CAP-1', declared: 100_000, assessed: 100_000, received: 0, ceiling: 100_000, watched: [] }],
    });
    expect(cap(60_000, 40_001)).toMatchObject({ watched: true, lines: [{ watched: ['above_ceiling'] }] });
  });

  it('is watched above what was assessed, where the line has no ceiling; a cancelled bill allows nothing', () => {
    const said = [{ amount: 150_000, line: 'KAKUS-1' }];
    const bill = fee('KAKUS-1', 150_000, 'assessed');
    expect(compare(said, bill, fee('KAKUS-1', 150_000, 'received'))).toMatchObject({
      ...{ assessed: 150_000, received: 150_000, watched: false },
    });
    expect(compare([{ ...said[0], amount: 150_001 }], bill)).toMatchObject({
      lines: [{ watched: ['above_assessed'] }],
    });
    expect(compare(said, bill, fee('KAKUS-1', 150_000, 'cancelled'))).toMatchObject({ assessed: 0, watched: true });
    expect(compare(said)).toMatchObject({ watched: true });
  });

  it('is watched where no line was named, unless it went to a body outside', () => {
    expect(compare([{}])).toMatchObject({ watched: true, lines: [{ line: null, watched: ['no_tariff'] }] });
    expect(compare([{ to: 'outside' }])).toMatchObject({ declared: 50_000, watched: false });
    expect(compare([{ to: 'outside' }, {}])).toMatchObject({ watched: true });
    expect(compare([])).toEqual({ declared: 0, assessed: 0, received: 0, watched: false, lines: [] });
  });

  it('takes a fee for that of the only line there is', () => {
    const [only] = (terms('LH-02').tariff ?? []).filter(({ line }) => line === 'CAP-1');
    if (only === undefined) throw new Error('no line');
    const state = caseOf(submitted({ terms: { ...terms('LH-02'), tariff: [only] } }));
    const of = (forWhat: DeclaredMoney['forWhat']) => againstAssessed(state, [{ ...money, forWhat }]).lines;
    expect(of('fee')).toMatchObject([{ line: 'CAP-1', watched: [] }]);
    expect(of('faster')).toMatchObject([{ line: null, watched: ['no_tariff'] }]);
    expect(againstAssessed(state, [{ ...money, forWhat: 'fee', line: 'KAKUS-1' }]).lines).toMatchObject([
      { line: 'KAKUS-1' },
    ]);
    // Of several lines none is guessed.
    expect(compare([{ forWhat: 'fee' }]).lines).toMatchObject([{ line: null }]);
  });

  it('is of no line where the service has no tariff', () => {
    const road = caseOf(submitted());
    const of = (said: Partial<DeclaredMoney>) => againstAssessed(road, [{ ...money, ...said }]).lines;
    expect(of({ forWhat: 'fee' })).toMatchObject([{ line: null, watched: ['no_tariff'] }]);
    expect(of({ line: 'KAKUS-1' })).toMatchObject([{ line: 'KAKUS-1', ceiling: null, watched: ['above_assessed'] }]);
  });

  it('is counted line by line, in their order, what none was named for last', () => {
    const said = [
      {},
      { line: 'KAKUS-1', amount: 150_000 },
      { line: 'CAP-1', amount: 1 },
      { line: 'KAKUS-1', amount: 2 },
    ];
    const bills = [fee('KAKUS-1', 150_000, 'assessed'), fee('CAP-1', 3, 'assessed'), fee('CAP-1', 3, 'received')];
    const row = { received: 0, ceiling: null };
    expect(compare(said, ...bills)).toEqual({
      ...{ declared: 200_003, assessed: 150_003, received: 3, watched: true },
      lines: [
        { line: 'CAP-1', declared: 1, assessed: 3, received: 3, ceiling: 100_000, watched: [] },
        { ...row, line: 'KAKUS-1', declared: 150_002, assessed: 150_000, watched: ['above_assessed'] },
        { ...row, line: null, declared: 50_000, assessed: 0, watched: ['no_tariff'] },
      ],
    });
  });
});
