import type { NewEvent } from '@garda/contracts';
import { assigned, caseId, familyCard, known, noWork, resolved, work } from '../../test/facts';
import { catalogue } from '../../test/catalogue';
import { disputed, judged, withdrawn } from '../../test/disputes';
import { at, id, monday, specFor, type Fact } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import type { Due } from '../shared/due';
import { fireResolution, resolutionDue } from './due';
import { resolutionFold } from './evolve';

const given = specFor(resolutionFold);
const unit = 'desa-a';
const items = ['old KK'];
const takes = (desk: string, ...papers: string[]) =>
  resolutionFact('DocumentsReceived', { caseId, unit: desk, items: papers });
const sends = (...papers: string[]) =>
  resolutionFact('DocumentsHandedOver', { caseId, unit, items: papers, to: 'kec-01', carrier: 'runner' });
const documents = {
  received: takes(unit, ...items),
  sent: sends(...items),
  missing: resolutionFact('DocumentsAcknowledged', { caseId, unit: 'kec-01', items: [], missing: items }),
  back: resolutionFact('DocumentsReturned', { caseId, unit, items, to: 'applicant', receipt: '1' }),
  archived: resolutionFact('DocumentsArchived', { caseId, unit, items }),
};
const { received, sent, missing, back, archived } = documents;
const held = [known(familyCard), work(unit, 0, familyCard), received];

function rows(...facts: readonly Fact[]): readonly Due[] {
  return resolutionDue(given(...facts).state, catalogue).map(({ clock, startedVersion, rung, dueAt }) => {
    return { clock, startedVersion, rung, dueAt };
  });
}
const fires = (facts: readonly Fact[], { clock, startedVersion, rung, dueAt }: Due) =>
  given(...facts).when((state, all) => fireResolution(state, { clock, startedVersion, rung }, all), dueAt);
const reminder = (rung: string, startedVersion: number, to: readonly string[], dueAt: string, step = 1): NewEvent =>
  resolutionFact('ReminderDue', { caseId, rung, step, startedVersion, to: [...to], dueAt } as never);

/** Monday 2 February 2026: office days end at 16:00 in Jakarta, Fridays too. */
const closing = (day: string) => `${day}T09:00:00.000Z`;

/** Each is told once of one start of its clock. */
function toldOnce(facts: readonly Fact[], due: Due, fact: NewEvent): void {
  expect(rows(...facts)).toContainEqual(due);
  fires(facts, due).then(fact);
  const after = [...facts, at(due.dueAt, fact)];
  expect(rows(...after)).not.toContainEqual(due);
  fires(after, due).thenNothing();
}

describe('papers that nobody acknowledges', () => {
  const due = { clock: 'papers_not_acknowledged', startedVersion: 4, rung: 1, dueAt: closing('2026-02-04') };
  it('are told of to both heads after two working days', () =>
    toldOnce([...held, sent], due, reminder(due.clock, 4, [unit, 'kec-01'], due.dueAt)));
  it('but not to a head who is reported', () => {
    const reported = [known({ ...familyCard, reportedUnit: 'desa-a' }), work('kec-01', 1, familyCard), received, sent];
    fires(reported, { ...due }).then(reminder(due.clock, 4, ['kec-01'], due.dueAt));
  });
  it('found missing, to the head of whoever sent them', () => {
    const late = { clock: 'papers_missing', startedVersion: 5, rung: 1, dueAt: closing('2026-02-04') };
    toldOnce([...held, sent, missing], late, reminder(late.clock, 5, [unit], late.dueAt));
  });
  it('are told of once a hand-over, however many were in it', () => {
    const two = [known(familyCard), work(unit, 0, familyCard), takes(unit, 'old KK', 'letter')];
    expect(rows(...two, sends('old KK', 'letter'))).toEqual([due]);
    expect(rows(...two, sends('old KK'), sends('letter'))).toEqual([due, { ...due, startedVersion: 5 }]);
  });
});

describe('papers that are not sent on', () => {
  const tuesday = '2026-02-03T03:00:00.000Z';
  const due = { clock: 'papers_not_sent_on', startedVersion: 4, rung: 1, dueAt: closing('2026-02-04') };
  it('are told of one working day after the offer to another unit', () =>
    toldOnce([...held, at(tuesday, work('kec-01', 1, familyCard, 2))], due, reminder(due.clock, 4, [unit], due.dueAt)));
  it('are told of at once to each unit that has some, however often they came to it', () => {
    const facts = [...held, takes(unit, 'letter'), takes('kec-01', 'photo'), work('disdukcapil', 2, familyCard, 3)];
    const all = { ...due, startedVersion: 6, dueAt: closing('2026-02-03') };
    expect(rows(...facts)).toEqual([all]);
    toldOnce(facts, all, reminder(all.clock, 6, [unit, 'kec-01'], all.dueAt));
  });
  it('are nobody’s to send while no unit has the work, nor once it is decided', () => {
    expect(rows(...held, noWork)).toEqual([]);
    const decided = rows(...held, work('kec-01', 1, familyCard, 2), resolved('granted', 'kec-01'));
    expect(decided.map(({ clock }) => clock)).not.toContain(due.clock);
  });
});

describe('a case that was taken', () => {
  const taken = [known(familyCard), work(unit, 0, familyCard), assigned('village-officer', unit)];
  const due = { clock: 'completeness_check', startedVersion: 3, rung: 1, dueAt: closing('2026-02-03') };
  const wednesday = '2026-02-04T03:00:00.000Z';
  it('is to be checked within one working day', () => toldOnce(taken, due, reminder(due.clock, 3, [unit], due.dueAt)));
  it('not while its papers are on the way; and from when the last of them came', () => {
    const waiting = [...taken, received, at(monday, sent)];
    expect(rows(...waiting).map(({ clock }) => clock)).toEqual(['papers_not_acknowledged']);
    const later = { clock: 'completeness_check', startedVersion: 3, rung: 1, dueAt: closing('2026-02-05') };
    expect(rows(...taken, at(wednesday, received))).toEqual([later]);
  });
  it.each([
    ['came to another desk', [at(wednesday, takes('kec-01', 'letter'))]],
    ['were given back', [received, at(wednesday, back)]],
  ])('does not wait for papers that %s', (_, facts) => expect(rows(...taken, ...facts)).toContainEqual(due));
});

describe('papers that nobody fetches', () => {
  const decided = [...held, at(monday, resolved('granted', unit), id('decision'))];
  const [first, second, last] = [...rows(...decided)].sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  it('hold the case open; the citizen is told twice, then they are archived', () => {
    expect(rows(...decided).map(({ clock, rung }) => `${clock} ${rung}`)).toEqual([
      'archive 1',
      'papers_not_fetched 1',
      'papers_not_fetched 2',
    ]);
    if (first === undefined || second === undefined || last === undefined) throw new Error('three clocks');
    toldOnce(decided, first, reminder('papers_not_fetched', 4, [], first.dueAt));
    const once = [...decided, at(first.dueAt, reminder('papers_not_fetched', 4, [], first.dueAt))];
    toldOnce(once, second, reminder('papers_not_fetched', 4, [], second.dueAt, 2));
    const twice = [...once, at(second.dueAt, reminder('papers_not_fetched', 4, [], second.dueAt, 2))];
    fires(twice, last).then(archived);
    expect(rows(...twice, at(last.dueAt, archived)).map(({ clock }) => clock)).toEqual(['close']);
  });
  it('are counted from when they are back at a desk', () => {
    const came = resolutionFact('DocumentsAcknowledged', { caseId, unit: 'kec-01', items, missing: [] });
    const late = [...held, sent, at(monday, resolved('granted', unit)), at('2026-03-02T03:00:00.000Z', came)];
    expect(rows(...late).find(({ clock }) => clock === 'archive')).toMatchObject({ startedVersion: 6 });
    expect(rows(...late)[0]?.dueAt).not.toBe(rows(...decided)[0]?.dueAt);
  });
  const fetched = { clock: 'papers_not_fetched', rung: 1 };
  it('are counted from the dismissal where the decision was disputed, and not before', () => {
    const stands = [...decided, disputed(id('decision'))];
    expect(rows(...stands)).toEqual([]);
    const final = rows(...stands, at('2026-02-16T03:00:00.000Z', judged('dismissed')));
    expect(final).toContainEqual({ ...fetched, startedVersion: 6, dueAt: closing('2026-03-16') });
  });
  it('are counted from the withdrawal where there was one', () =>
    expect(rows(...held, withdrawn)).toContainEqual({ ...fetched, startedVersion: 4, dueAt: closing('2026-03-02') }));
  it('are told of though a product waits with them, and he was told of that', () => {
    const product = resolutionFact('ProductIssued', {
      ...{ caseId, unit, stage: 0, product: 'population_document', partial: false, number: '1', signatory: 'head' },
    });
    const told = reminder('product_not_collected', 5, [], closing('2026-02-16'));
    const clocks = rows(...held, product, resolved('granted', unit), told).map(({ clock, rung }) => `${clock} ${rung}`);
    expect(clocks).toEqual(['archive 1', 'product 1', 'papers_not_fetched 1', 'papers_not_fetched 2']);
  });
  it('are archived where they lie, but for what is back with him', () => {
    const granted = at(monday, resolved('granted', unit));
    const facts = [...held, takes(unit, 'letter', 'photo'), takes('kec-01', 'form'), granted, back];
    const told = [1, 2].map((step) => reminder('papers_not_fetched', 6, [], monday, step));
    const [due] = rows(...facts, ...told);
    if (due === undefined) throw new Error('no clock runs');
    fires([...facts, ...told], due).then(
      resolutionFact('DocumentsArchived', { caseId, unit, items: ['letter', 'photo'] }),
      resolutionFact('DocumentsArchived', { caseId, unit: 'kec-01', items: ['form'] }),
    );
  });
  it('close the case once they are given back, and not while they are away', () => {
    expect(rows(...decided, back).map(({ clock }) => clock)).toEqual(['close']);
    const away = [...held, sent, withdrawn];
    expect(rows(...away).map(({ clock }) => clock)).toEqual(['papers_not_acknowledged']);
    expect(rows(...away, resolutionFact('DocumentsLost', { caseId, unit, items })).map(({ clock }) => clock)).toEqual([
      'close',
    ]);
  });
});

describe('a case that is opened again', () => {
  const facts = [
    known(familyCard),
    work(unit, 0, familyCard),
    assigned('clerk', unit),
    at(monday, resolved('granted', unit)),
  ];
  const reopened = at('2026-02-16T03:00:00.000Z', resolutionFact('CaseReopened', { caseId, reason: 'ex_officio' }));
  const checks = (...more: readonly Fact[]) =>
    rows(...facts, reopened, ...more).filter(({ clock }) => clock === 'completeness_check');

  it('is to be checked within a working day from then on by whoever keeps it', () =>
    expect(checks()).toEqual([
      { clock: 'completeness_check', startedVersion: 5, rung: 1, dueAt: closing('2026-02-17') },
    ]));
  it('is nobody’s to check until another has taken it, where an upheld dispute took it from the first', () => {
    const after = rows(...facts, disputed(id('case 4')), judged('upheld'), reopened);
    expect(after.filter(({ clock }) => clock === 'completeness_check')).toEqual([]);
  });
});
