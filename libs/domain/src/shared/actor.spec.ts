import type { Actor } from '@garda/contracts';
import { catalogue } from '../../test/catalogue';
import { citizen, desk, importer, staff } from '../../test/facts';
import { afterReform, whileStandingIn } from '../../test/reform';
import { monday } from '../../test/spec';
import { actsFor, filingUnit, isImport, officerId } from './actor';
import { checkNotReported } from './catalogue';

const officer = staff('ani', 'dpupr');
/** A program of another city's desk: its unit is no right. */
const program: Actor = { kind: 'program', id: 'open311', unit: 'dpupr' };
const house: Actor = { kind: 'system', id: 'ani' };

describe('who acts', () => {
  it.each([
    ['the program import', importer, true],
    ['another program', program, false],
    ['an officer of that name', staff('import', 'dpupr'), false],
    ['the house', { kind: 'system', id: 'import' }, false],
  ] as const)('replays another city’s records: %s: %s', (_who, actor, expected) =>
    expect(isImport(actor)).toBe(expected),
  );

  it.each([
    ['its staff', officer, true],
    ['the program import', importer, true],
    ['staff of another unit', staff('ani', 'dishub'), false],
    ['a program that names the unit', program, false],
    ['the citizen', citizen, false],
  ] as const)('acts for the unit: %s: %s', (_who, actor, expected) => {
    expect(actsFor(actor, 'dpupr')).toBe(expected);
    expect(catalogue.actsFor(actor, 'dpupr')).toBe(expected);
  });

  it('is assigned under his own id, and does office work: nobody else does', () => {
    expect([officerId(officer), officerId(importer)]).toEqual(['ani', 'import']);
    for (const actor of [citizen, program, house])
      expect(() => officerId(actor)).toThrow(expect.objectContaining({ code: 'NOT_RESPONSIBLE' }));
  });

  it('is of a kind by his unit: staff of a unit that is known', () => {
    const secretary: Actor = { kind: 'program', id: 'open311', unit: 'setda' };
    const kinds = (actor: Actor) => catalogue.isOfKind(actor, 'quality', 'secretariat');
    expect([staff('x', 'setda'), staff('x', 'upkp2')].map(kinds)).toEqual([true, true]);
    expect([officer, staff('x', 'nowhere'), secretary, citizen].map(kinds)).toEqual([false, false, false, false]);
  });

  it('keeps away as staff of the reported unit; a program has no unit that could be reported', () => {
    expect(() => checkNotReported(catalogue, officer, 'dpupr')).toThrow(
      expect.objectContaining({ code: 'UNIT_JUDGES_ITSELF' }),
    );
    for (const actor of [program, citizen, staff('ani', 'dishub')]) checkNotReported(catalogue, actor, 'dpupr');
    checkNotReported(catalogue, officer, null);
  });
});

describe('an officer’s work', () => {
  const leave = { unit: 'dpupr', for: 'budi', standIn: 'ani', from: '2026-02-03', until: '2026-02-03' };
  const stands = whileStandingIn(leave);
  const [before, first, last, after] = [
    ...['2026-02-02T16:59:59.000Z', '2026-02-02T17:00:00.000Z'], // midnight in the office
    ...['2026-02-03T16:59:59.000Z', '2026-02-03T17:00:00.000Z'],
  ] as const;

  it.each([
    ['his own', 'ani', officer, true],
    ['the import’s own', 'import', importer, true],
    ['another officer’s, for the import', 'ani', importer, false],
    ['an officer’s, for a program of his name', 'open311', program, false],
    ['an officer’s, for the house by his name', 'ani', house, false],
    ['an officer’s, for the citizen', 'ani', citizen, false],
    ['that of another', 'budi', officer, false],
  ] as const)('is done by its own officer alone: %s: %s', (_what, whose, actor, expected) =>
    expect(catalogue.doesWorkOf(whose, actor, monday)).toBe(expected),
  );

  it('is done by whoever stands in on this day, by the office’s clock', () => {
    const does = [before, first, last, after].map((now) => stands.doesWorkOf('budi', officer, now));
    expect(does).toEqual([false, true, true, false]);
    expect([before, first].map((now) => stands.standsInFor({ id: 'ani', unit: 'dpupr' }, now))).toEqual([[], ['budi']]);
  });

  it('may be done by somebody else only once he was named', () => {
    const ani = { id: 'ani', unit: 'dpupr' };
    expect([stands.mayStandIn(ani), catalogue.mayStandIn(ani)]).toEqual([true, false]);
    expect(stands.mayStandIn({ ...ani, unit: 'dishub' })).toBe(false);
  });

  it('of a unit that ended is its successor’s', () => {
    const reform = afterReform(['dpupr', 'dinas-baru']);
    expect([officer, staff('x', 'dinas-baru')].map((actor) => reform.actsFor(actor, 'dpupr'))).toEqual([false, true]);
  });
});

it('a case has a filing unit where it was handed in at a desk, and there alone', () => {
  expect(filingUnit(desk)).toBe('desa-a');
  expect([filingUnit({ by: 'citizen' }), filingUnit({ by: 'program', program: 'open311' })]).toEqual([
    undefined,
    undefined,
  ]);
});
