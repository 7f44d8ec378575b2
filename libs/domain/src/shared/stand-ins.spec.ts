import { StandIns } from './stand-ins';

const of = (id: string) => ({ id, unit: 'dpupr' });
const [ani, budi, citra] = [of('ani'), of('budi'), of('citra')] as const;
const leave = { unit: 'dpupr', for: 'ani', standIn: 'budi', from: '2026-03-03', until: '2026-03-06' };

describe('who stands in for whom', () => {
  const named = new StandIns([leave]);

  it('holds from the first day to the last, and on no other', () =>
    expect(
      ['2026-03-02', '2026-03-03', '2026-03-06', '2026-03-07'].map((day) => named.standsInFor('ani', budi, day)),
    ).toEqual([false, true, true, false]));

  it('holds in the unit of both alone', () => {
    expect(named.standsInFor('ani', { id: 'budi', unit: 'dishub' }, '2026-03-04')).toBe(false);
    expect(named.officersOf({ id: 'budi', unit: 'dishub' }, '2026-03-04')).toEqual([]);
    expect([named.isNamed(budi), named.isNamed({ id: 'budi', unit: 'dishub' })]).toEqual([true, false]);
  });

  it('is asked for each unit by itself, though both work in two of them', () => {
    const both = new StandIns([leave, { ...leave, unit: 'dishub' }]);
    expect(both.officersOf(budi, '2026-03-04')).toEqual(['ani']);
  });

  it('is the last one that was named for an officer', () => {
    const again = new StandIns([leave, { ...leave, standIn: 'citra' }]);
    expect(again.standsInFor('ani', budi, '2026-03-04')).toBe(false);
    expect(again.officersOf(citra, '2026-03-04')).toEqual(['ani']);
  });

  it('passes nothing on: whoever stands in for a stand-in does not the work of the first', () => {
    const chain = new StandIns([leave, { ...leave, for: 'budi', standIn: 'citra' }]);
    expect(chain.officersOf(citra, '2026-03-04')).toEqual(['budi']);
    expect([chain.isNamed(ani), new StandIns().isNamed(ani)]).toEqual([false, false]);
  });
});
