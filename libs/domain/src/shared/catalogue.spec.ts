import { calendar, catalogue, policy, rows, standards } from '../../test/catalogue';
import { staff } from '../../test/facts';
import { afterReform, newUnits, withConflict } from '../../test/reform';
import { Catalogue, ReferenceMissing } from './catalogue';

describe('the catalogue', () => {
  it('finds the latest edition, whatever the order', () => {
    const [first] = standards;
    if (first === undefined) throw new Error('no standards');
    const later = { ...first, version: 2, owner: 'later' };
    for (const list of [
      [first, later],
      [later, first],
    ])
      expect(new Catalogue({ ...rows, standards: list }).standard(first.code)).toEqual(later);
  });
  it('finds offices by function and area', () => {
    expect(catalogue.unitWithFunction('regency_roads')?.code).toBe('dpupr');
    expect(catalogue.unitForArea('village', '33.25.01.2001')?.code).toBe('desa-a');
    expect(catalogue.unitForArea('district', '33.25.01.2001')?.code).toBe('kec-01');
    expect(catalogue.unitForArea('village', '33.25.01')).toBeUndefined();
    expect(catalogue.hasArea('33.25.99')).toBe(false);
  });
  it('waits for an edition it has not seen', () => {
    expect(() => catalogue.calendar('2030.1')).toThrow(ReferenceMissing);
    expect(() => catalogue.policy(9)).toThrow(ReferenceMissing);
    const empty = new Catalogue({ standards: [], units: [], calendars: [], policies: [] });
    expect(() => empty.latestCalendar()).toThrow(ReferenceMissing);
    expect(() => empty.latestPolicy()).toThrow(ReferenceMissing);
  });
  it('takes the newest calendar that covers the day, and the newest policy', () => {
    const more = new Catalogue({
      ...rows,
      calendars: [
        { ...calendar, version: '2026.10' },
        calendar,
        { ...calendar, version: '2027.1', firstDay: '2027-01-01', lastDay: '2027-12-31' },
      ],
      policies: [{ ...policy, version: 12 }, policy],
    });
    expect(more.latestCalendar('2026-05-05').version).toBe('2026.10');
    expect(more.latestCalendar().version).toBe('2027.1');
    expect(more.latestPolicy().version).toBe(12);
  });
  it.each([
    ['desa-a', 'desa-a', true],
    ['kec-01', 'desa-a', false], // guided, not commanded
    ['kec-01', 'kel-b', true],
    ['setda', 'kel-b', true],
    ['dpupr', 'kel-b', false],
    ['dpupr', undefined, false],
  ])('%s above %s: %s', (unit, reported, expected) => expect(catalogue.isAboveOrSame(unit, reported)).toBe(expected));
});

describe('after a reform', () => {
  const reform = afterReform(['upkp2', 'bag-organisasi'], ['desa-a', 'desa-c'], ['kec-01', 'dinas-baru']);
  it('the successor has kind, functions and area; nobody of the unit that ended watches or works any more', () => {
    expect(reform.unitOfKind('quality')?.code).toBe('bag-organisasi');
    expect(reform.unitWithFunction('disputes')?.code).toBe('bag-organisasi');
    expect(reform.unitForArea('village', '33.25.01.2001')?.code).toBe('desa-c');
    expect(reform.isOfKind(staff('x', 'upkp2'), 'quality')).toBe(false);
    expect(reform.isOfKind(staff('x', 'bag-organisasi'), 'quality')).toBe(true);
    expect(reform.actsFor(staff('x', 'desa-a'), 'desa-a')).toBe(false);
    expect(reform.actsFor(staff('x', 'desa-c'), 'desa-a')).toBe(true);
    expect(reform.isBelowOrSame('desa-c', 'dinas-baru')).toBe(true);
    expect(reform.unit('upkp2')?.name).toBe('upkp2');
  });
  it('a unit of the area that lives has it before a successor, whatever their order', () => {
    const lives = { ...newUnits[2]!, code: 'desa-0', area: '33.25.01.2001' };
    const both = new Catalogue({
      ...rows,
      units: [...rows.units, ...newUnits, lives],
      endings: [{ unit: 'desa-a', successor: 'desa-c', on: '2026-02-02' }],
    });
    expect(both.unitForArea('village', '33.25.01.2001')?.code).toBe('desa-0');
  });
  it('whoever came after a reported unit keeps away as it did', () => {
    expect(reform.isAboveOrSame('bag-organisasi', 'upkp2')).toBe(true);
    expect(reform.isAboveOrSame('upkp2', 'bag-organisasi')).toBe(false);
  });
  it('a circle, which no publishing allows, ends nowhere', () => {
    const circle = afterReform(['dpupr', 'dishub'], ['dishub', 'dpupr']);
    expect(['dpupr', 'dishub']).toContain(circle.present('dpupr'));
    expect(circle.unitWithFunction('regency_roads')?.code).toBe('dinas-baru');
  });
});

describe('the table of conflicts', () => {
  const table = withConflict({ oversight: 'secretariat', secretariat: 'x-ombudsman', quality: 'oversight' });
  it('names who stands in, by kind or by code; nobody for an ordinary unit, and nobody without a policy', () => {
    const standsIn = (accused?: string) => table.standInFor(accused)?.code;
    expect([standsIn('inspektorat'), standsIn('setda'), standsIn('upkp2')]).toEqual([
      ...['setda', 'x-ombudsman', 'inspektorat'],
    ]);
    expect([standsIn('dpupr'), standsIn('nowhere'), standsIn()]).toEqual([undefined, undefined, undefined]);
    expect(new Catalogue({ ...rows, policies: [] }).standInFor('inspektorat')).toBeUndefined();
  });
  it('lets a superior who is named so not keep away', () => {
    expect(table.keepsAway('setda', 'inspektorat')).toBe(false);
    expect(table.keepsAway('setda', 'dpupr')).toBe(true);
    expect(table.keepsAway('inspektorat', 'inspektorat')).toBe(true);
  });
});
