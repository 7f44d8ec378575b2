import { calendar, catalogue, policy, rows, standards } from '../../test/catalogue';
import { staff } from '../../test/facts';
import { afterReform, newUnits, withConflict } from '../../test/reform';
import { Catalogue } from './catalogue';

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
  it('finds of two units with one function and area the first by its code, whatever their order', () => {
    const twins = ['dinas-a', 'dinas-b'].map((code) => ({ ...newUnits[2]!, code, functions: ['waste'] }));
    for (const list of [twins, [...twins].reverse()]) {
      const both = new Catalogue({ ...rows, units: list });
      expect(both.unitWithFunction('waste')?.code).toBe('dinas-a');
      expect(both.unitForArea('village', '33.25.01.2003')?.code).toBe('dinas-a');
    }
  });
  it.each([
    ['village', true],
    ['district', true],
    ['agency', true],
    ['regency', true],
    ['external', false], // a body outside serves nobody
  ] as const)('knows the area of a unit of the tier %s: %s', (tier, expected) => {
    const units = [{ ...newUnits[2]!, tier, area: '33.26' }];
    expect(new Catalogue({ ...rows, units }).hasArea('33.26')).toBe(expected);
  });
  it('waits for an edition it has not seen', () => {
    expect(() => catalogue.calendar('2030.1')).toThrow('calendar 2030.1 is not seen yet');
    expect(() => catalogue.policy(9)).toThrow('policy 9 is not seen yet');
    const empty = new Catalogue({ standards: [], units: [], calendars: [], policies: [] });
    expect(() => empty.latestCalendar()).toThrow('a calendar is not seen yet');
    expect(() => empty.latestPolicy()).toThrow('a policy is not seen yet');
  });
  it('takes the newest calendar that covers the day, and the newest policy', () => {
    const more = new Catalogue({
      ...rows,
      calendars: [
        { ...calendar, version: '2026.10' },
        calendar,
        { ...calendar, version: '2027.1', firstDay: '2027-01-01', lastDay: '2027-12-31' },
        { ...calendar, version: '2026.11', lastDay: '2026-06-30' },
      ],
      policies: [policy, { ...policy, version: 12 }, { ...policy, version: 3 }],
    });
    const on = (day?: string) => more.latestCalendar(day).version;
    expect([on('2026-01-01'), on('2026-06-30'), on('2026-07-01')]).toEqual(['2026.11', '2026.11', '2026.10']);
    expect([on('2026-12-31'), on('2027-01-01')]).toEqual(['2026.10', '2027.1']);
    expect([on('2030-01-01'), on()]).toEqual(['2027.1', '2027.1']);
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
  it.each([
    ['desa-a', 'desa-a', true],
    ['desa-a', 'kec-01', true], // though only guided
    ['desa-a', 'setda', true],
    ['kec-01', 'desa-a', false],
    ['setda', 'desa-a', false],
    ['nowhere', 'setda', false],
  ])('%s below %s: %s', (unit, above, expected) => expect(catalogue.isBelowOrSame(unit, above)).toBe(expected));
});

describe('after a reform', () => {
  const reformed = () => afterReform(['upkp2', 'bag-organisasi'], ['desa-a', 'desa-c'], ['kec-01', 'dinas-baru']);
  it('the successor has kind, functions and area; nobody of the unit that ended watches or works any more', () => {
    const reform = reformed();
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
  it('knows which units are no more; before one, there is none', () => {
    expect(reformed().ended).toEqual(['upkp2', 'desa-a', 'kec-01']);
    expect(new Catalogue(rows).ended).toHaveLength(0);
  });
  it('what only the unit that ended had, its successor has, once it is seen; until then it stays where it was', () => {
    const roads = (successor: string) => afterReform(['dishub', successor]).unitWithFunction('street_lights_regency');
    expect(roads('dinas-baru')?.code).toBe('dinas-baru');
    expect(roads('not-seen')?.code).toBe('dishub');
  });
  it('a unit of the area that lives has it before a successor, whatever their order', () => {
    for (const code of ['desa-0', 'desa-z']) {
      const lives = { ...newUnits[2]!, code, area: '33.25.01.2001' };
      const both = new Catalogue({
        ...rows,
        units: [...rows.units, ...newUnits, lives],
        endings: [{ unit: 'desa-a', successor: 'desa-c', on: '2026-02-02' }],
      });
      expect(both.unitForArea('village', '33.25.01.2001')?.code).toBe(code);
    }
  });
  it('whoever came after a reported unit keeps away as it did', () => {
    const reform = reformed();
    expect(reform.isAboveOrSame('bag-organisasi', 'upkp2')).toBe(true);
    expect(reform.isAboveOrSame('upkp2', 'bag-organisasi')).toBe(false);
  });
  it('a circle, which no publishing allows, ends nowhere', () => {
    const circle = afterReform(['dpupr', 'dishub'], ['dishub', 'dpupr']);
    expect(['dpupr', 'dishub']).toContain(circle.present('dpupr'));
    expect(circle.unitWithFunction('regency_roads')?.code).toBe('dinas-baru');
    expect([circle.isAboveOrSame('dishub', 'dpupr'), circle.isAboveOrSame('upkp2', 'dpupr')]).toEqual([true, false]);
    const parents = { dpupr: 'dishub', dishub: 'dpupr' } as Readonly<Record<string, string>>;
    const each = rows.units.map((unit) => ({ ...unit, parent: parents[unit.code] ?? 'setda' }));
    expect(new Catalogue({ ...rows, units: each }).isBelowOrSame('dpupr', 'upkp2')).toBe(false);
  });
});

describe('the table of conflicts', () => {
  const table = withConflict({ oversight: 'secretariat', secretariat: 'x-ombudsman', quality: 'oversight' });
  it('names who stands in, by kind or by code; nobody for an ordinary unit, and nobody without a policy', () => {
    const standsIn = (accused: string) => table.standInFor(accused)?.code;
    expect([standsIn('inspektorat'), standsIn('setda'), standsIn('upkp2')]).toEqual([
      ...['setda', 'x-ombudsman', 'inspektorat'],
    ]);
    expect([standsIn('dpupr'), standsIn('nowhere')]).toEqual([undefined, undefined]);
    expect(new Catalogue({ ...rows, policies: [] }).standInFor('inspektorat')).toBeUndefined();
  });
  it('lets a superior who is named so not keep away', () => {
    expect(table.keepsAway('setda', 'inspektorat')).toBe(false);
    expect(table.keepsAway('setda', 'dpupr')).toBe(true);
    expect(table.keepsAway('inspektorat', 'inspektorat')).toBe(true);
    expect([table.keepsAway('setda', null), table.keepsAway('setda', undefined)]).toEqual([false, false]);
  });
  it('lets nobody judge himself, though it named him', () => {
    expect(withConflict({ oversight: 'oversight' }).keepsAway('inspektorat', 'inspektorat')).toBe(true);
  });
});
