import type { NewEvent } from '@garda/contracts';
import { assigned, caseId, familyCard, known, resolved, work } from '../../test/facts';
import { catalogue } from '../../test/catalogue';
import { at, id, monday, specFor, type Fact } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import type { Due } from '../shared/due';
import { fireResolution, resolutionDue } from './due';
import { resolutionFold } from './evolve';

const given = specFor(resolutionFold);
const unit = 'desa-a';
const items = ['old KK'];
const documents = {
  received: resolutionFact('DocumentsReceived', { caseId, unit, items }),
  sent: resolutionFact('DocumentsHandedOver', { caseId, unit, items, to: 'kec-01', carrier: 'runner' }),
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
});

it('papers that are not sent on are told of one working day after the offer to another unit', () => {
  const facts = [...held, at('2026-02-03T03:00:00.000Z', work('kec-01', 1, familyCard, 2))];
  const due = { clock: 'papers_not_sent_on', startedVersion: 4, rung: 1, dueAt: closing('2026-02-04') };
  toldOnce(facts, due, reminder(due.clock, 4, [unit], due.dueAt));
});

describe('a case that was taken', () => {
  const taken = [known(familyCard), work(unit, 0, familyCard), assigned('village-officer', unit)];
  const due = { clock: 'completeness_check', startedVersion: 3, rung: 1, dueAt: closing('2026-02-03') };
  it('is to be checked within one working day', () => toldOnce(taken, due, reminder(due.clock, 3, [unit], due.dueAt)));
  it('not while its papers are on the way; and from when the last of them came', () => {
    const waiting = [...taken, received, at(monday, sent)];
    expect(rows(...waiting).map(({ clock }) => clock)).toEqual(['papers_not_acknowledged']);
    const later = { clock: 'completeness_check', startedVersion: 3, rung: 1, dueAt: closing('2026-02-05') };
    expect(rows(...taken, at('2026-02-04T03:00:00.000Z', received))).toEqual([later]);
  });
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
  it('close the case once they are given back, and not while they are away', () => {
    expect(rows(...decided, back).map(({ clock }) => clock)).toEqual(['close']);
    const stands = resolutionFact('WithdrawalReceived', { caseId, withdrawal: id('w'), result: 'stands' });
    const away = [...held, sent, stands];
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
    const dispute = id('dispute');
    const disputed = [
      resolutionFact('DisputeReceived', {
        caseId,
        dispute,
        decision: id('case 4'),
        result: 'stands',
        disputedAt: monday,
        decidedBy: unit,
      }),
      resolutionFact('DisputeDecided', { caseId, dispute, result: 'upheld', unit: 'upkp2', remedies: [] }),
    ];
    const after = rows(...facts, ...disputed, reopened);
    expect(after.filter(({ clock }) => clock === 'completeness_check')).toEqual([]);
  });
});
