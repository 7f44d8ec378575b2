import { calendar, catalogue, policy, rows, standards } from '../../test/catalogue';
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
