import { catalogue, rows, units } from '../../test/catalogue';
import { acknowledged, caseId, entered, familyCard, routed, terms } from '../../test/facts';
import { at, givenAt, id, monday, specFor } from '../../test/spec';
import { Catalogue } from '../shared/catalogue';
import { routingFact } from '../shared/facts';
import { deadline, fireRouting, routingDue } from './due';
import { routingFold } from './evolve';
import { ladder, triageLadder } from './ladder';

const given = specFor(routingFold);
const end = (day: string) => `2026-02-${day}T09:00:00.000Z`;
const noted = routingFact('OfficerNoted', { caseId, offer: 1, unit: 'dpupr', officer: 'officer' });
const triaged = routingFact('CaseSentToTriage', { caseId, reason: 'no_rule' });
const fire =
  (clock: string, startedVersion: number, rung = 1) =>
  (state: Parameters<typeof fireRouting>[0], all: Parameters<typeof fireRouting>[2]) =>
    fireRouting(state, { clock, startedVersion, rung }, all);
const rowsOf = (state: Parameters<typeof routingDue>[0]) =>
  routingDue(state, catalogue).map((row) => `${row.clock} ${row.startedVersion}.${row.rung} ${row.dueAt.slice(5, 10)}`);
const escalated = (clock: 'unassigned' | 'triage' | 'stage' | 'total', rung: number, to: string, dueAt: string) =>
  routingFact('CaseEscalated', { caseId, clock, rung, to, dueAt });
const missed = (clock: 'stage' | 'total', dueAt: string, unit?: string) =>
  routingFact('DeadlineMissed', { caseId, clock, dueAt, unit });

describe('the ladder', () => {
  it('goes from the head to the secretary, each once', () => {
    expect(ladder('desa-a', null, catalogue)).toEqual(['desa-a', 'kec-01', 'upkp2', 'setda']);
    expect(ladder('dpupr', null, catalogue)).toEqual(['dpupr', 'upkp2', 'setda']);
    expect(ladder('upkp2', null, catalogue)).toEqual(['upkp2', 'setda']);
    expect(ladder(null, null, catalogue)).toEqual(['upkp2', 'setda']);
  });
  it('ends where the house has nobody above', () => {
    const bare = new Catalogue({ ...rows, units: [] });
    expect(ladder('dpupr', null, bare)).toEqual(['dpupr']);
    expect(triageLadder(null, bare)).toHaveLength(0); // toEqual would take [undefined] for it
  });
  it('skips who is reported, and who is above him in line', () =>
    expect(ladder('desa-a', 'kec-01', catalogue)).toEqual(['desa-a', 'upkp2']));
});

describe('a case that nobody takes', () => {
  it('has its clocks', () =>
    expect(rowsOf(given(entered(), routed()).state)).toEqual([
      'handover 2.1 02-03',
      'unassigned 2.1 02-03',
      'unassigned 2.2 02-04',
      'unassigned 2.3 02-05',
      'total 1.1 02-20',
    ]));
  it('is deemed acknowledged after a working day', () =>
    given(entered(), routed()).when(fire('handover', 2), end('03')).then(acknowledged('dpupr', 'deemed')));
  it('but not before, not twice, and not where papers are on the way', () => {
    given(entered(), routed()).when(fire('handover', 2), '2026-02-03T08:59:59.000Z').thenNothing();
    given(entered(), routed(), acknowledged()).when(fire('handover', 2), end('03')).thenNothing();
    const sent = { caseId, items: ['KK'], where: 'on_the_way' as const, unit: 'desa-a', to: 'dpupr' };
    given(entered({ papers: ['KK'] }), routed(), routingFact('PapersNoted', sent))
      .when(fire('handover', 2), end('03'))
      .thenNothing();
  });
  it('climbs rung by rung, each once, in the order of their times', () => {
    const held = [entered(), routed(), acknowledged()];
    const rungs = [
      escalated('unassigned', 1, 'dpupr', end('03')),
      escalated('unassigned', 2, 'upkp2', end('04')),
      escalated('unassigned', 3, 'setda', end('05')),
    ];
    given(...held)
      .when(fire('unassigned', 2), end('03'))
      .then(...rungs.slice(0, 1));
    given(...held, ...rungs.slice(0, 1))
      .when(fire('unassigned', 2), end('03'))
      .thenNothing();
    given(...held, ...rungs.slice(0, 1))
      .when(fire('unassigned', 2, 2), end('10'))
      .then(...rungs.slice(1, 2));
    given(...held, ...rungs.slice(0, 2))
      .when(fire('unassigned', 2, 3), end('10'))
      .then(...rungs.slice(2));
    given(...held, ...rungs)
      .when(fire('unassigned', 2, 4), end('10'))
      .thenNothing();
  });
  it('and none before an earlier one, however late the timers fire', () => {
    given(entered(), routed()).when(fire('unassigned', 2), end('10')).thenNothing(); // the hand-over is first
    given(entered(), routed(), acknowledged())
      .when(fire('unassigned', 2, 2), end('10'))
      .thenNothing();
    given(entered(), routed(), acknowledged()).when(fire('total', 1), end('25')).thenNothing();
  });
  it('stops climbing when an officer has it', () =>
    given(entered(), routed(), noted).when(fire('unassigned', 2), end('10')).thenNothing());
  it('does not climb while it follows another, nor when it is settled', () => {
    const link = routingFact('DuplicateLinked', { caseId, leader: id('leader'), follower: caseId, link: 1 });
    expect(rowsOf(given(entered(), routed(), acknowledged(), link).state)).toEqual([]);
    const settled = routingFact('WorkSettled', {
      caseId,
      how: 'decided',
      outcome: 'remedied',
      unit: 'dpupr',
      at: monday,
    });
    expect(rowsOf(given(entered(), routed(), settled).state)).toEqual([]);
    given(entered(), routed(), settled).when(fire('total', 1), end('28')).thenNothing();
  });
});

describe('triage', () => {
  it('is heard of by the secretary after three working days', () => {
    const fact = escalated('triage', 1, 'setda', end('05'));
    given(entered(), triaged).when(fire('triage', 2), end('05')).then(fact);
    given(entered(), triaged, fact).when(fire('triage', 2), end('05')).thenNothing();
    given(entered(), triaged, routed('dpupr', {}, true))
      .when(fire('triage', 2), end('05'))
      .thenNothing();
  });
  it('by nobody where the secretary himself is reported', () =>
    expect(rowsOf(given(entered({ reportedUnit: 'setda' }), triaged).state)).toEqual(['total 1.1 02-20']));
  it("and its days are the unit's neither", () => {
    const state = given(entered(familyCard), triaged, at(end('05'), routed('desa-a', familyCard, true))).state;
    expect(deadline(state, catalogue)).toEqual({ totalDueAt: end('10'), stageDueAt: end('06'), stopped: false });
  });
});

describe('a late case', () => {
  const worked = [entered(), routed(), acknowledged(), noted];
  it('is recorded, and the next rung hears of it', () =>
    given(...worked)
      .when(fire('total', 1), end('20'))
      .then(missed('total', end('20'), 'dpupr'), escalated('total', 1, 'dpupr', end('20'))));
  it('who heard of it before is not told again', () => {
    const first = escalated('unassigned', 1, 'dpupr', end('03'));
    given(entered(), routed(), acknowledged(), first, noted)
      .when(fire('total', 1), end('20'))
      .then(missed('total', end('20'), 'dpupr'), escalated('total', 2, 'upkp2', end('20')));
    const last = escalated('unassigned', 3, 'setda', end('05'));
    given(entered(), routed(), acknowledged(), last, noted)
      .when(fire('total', 1), end('20'))
      .then(missed('total', end('20'), 'dpupr'));
  });
  it('once', () =>
    given(...worked, missed('total', end('20'), 'dpupr'))
      .when(fire('total', 1), end('25'))
      .thenNothing());
  it('of several stages has a clock for the stage too', () => {
    const officer = routingFact('OfficerNoted', { caseId, offer: 1, unit: 'desa-a', officer: 'o' });
    const held = [entered(familyCard), routed('desa-a', familyCard), acknowledged('desa-a'), officer] as const;
    expect(deadline(given(...held).state, catalogue)).toEqual({
      totalDueAt: end('10'),
      stageDueAt: end('03'),
      stopped: false,
    });
    given(...held)
      .when(fire('stage', 2), end('03'))
      .then(missed('stage', end('03'), 'desa-a'), escalated('stage', 1, 'desa-a', end('03')));
    given(...held, missed('stage', end('03'), 'desa-a'))
      .when(fire('stage', 2), end('03'))
      .thenNothing();
  });
  it('in triage goes no further than the secretary, who heard of the triage before', () =>
    given(entered(), triaged, escalated('triage', 1, 'setda', end('05')))
      .when(fire('total', 1), end('20'))
      .then(missed('total', end('20'))));
  it('in triage goes to the quality unit where the secretary is reported', () =>
    given(entered({ reportedUnit: 'setda' }), triaged)
      .when(fire('total', 1), end('20'))
      .then(missed('total', end('20')), escalated('total', 1, 'upkp2', end('20'))));
  it('is not late while the citizen is waited for', () => {
    const began = routingFact('WaitBegan', { caseId, for: 'question', ref: id('q'), at: end('03') });
    const ended = routingFact('WaitEnded', { caseId, for: 'question', ref: id('q'), at: end('10') });
    given(...worked, began)
      .when(fire('total', 1), end('25'))
      .thenNothing();
    expect(deadline(given(entered(), routed(), began).state, catalogue)).toMatchObject({ stopped: true });
    expect(deadline(given(entered(), routed(), began, ended).state, catalogue)).toEqual({
      totalDueAt: '2026-02-27T09:00:00.000Z',
      stageDueAt: '2026-02-27T09:00:00.000Z',
      stopped: false,
    });
  });
  it('runs a time of its own when it is resumed', () => {
    const settled = routingFact('WorkSettled', {
      caseId,
      how: 'decided',
      outcome: 'no_answer',
      unit: 'dpupr',
      at: end('20'),
    });
    const resumed = routingFact('CaseResumed', { caseId, unit: 'dpupr', offer: 2, stage: 0, time: '3wd' });
    const facts = [entered(), routed(), noted, settled, at(end('23'), resumed)];
    expect(deadline(given(...facts).state, catalogue)?.totalDueAt).toBe(end('26'));
    expect(rowsOf(given(...facts).state)).toEqual(['total 5.1 02-26']);
    expect(given(...facts).state).toMatchObject({ status: 'held', place: { officer: 'officer', offer: 2 } });
  });
});

describe('a deadline', () => {
  it('is not moved by any fact that is no stop', () => {
    const before = deadline(given(entered(), routed()).state, catalogue);
    const link = routingFact('DuplicateLinked', { caseId, leader: id('l'), follower: caseId, link: 1 });
    for (const fact of [
      noted,
      acknowledged(),
      link,
      missed('total', end('20')),
      escalated('total', 1, 'dpupr', end('20')),
    ])
      expect(deadline(given(entered(), routed(), at(end('25'), fact)).state, catalogue)).toEqual(before);
  });
  it('reads the pinned edition of the calendar, whatever was published since', () => {
    const [pinned] = rows.calendars;
    if (pinned === undefined) throw new Error('no calendar');
    const later = { ...pinned, version: '2026.2', daysOff: [] };
    const more = new Catalogue({ ...rows, units, calendars: [later, pinned] });
    const state = given(entered({ terms: terms('PU-01') }), routed()).state;
    expect(deadline(state, more)).toEqual(deadline(state, catalogue));
  });
  it('is none for a case that never entered', () => {
    expect(deadline({ status: 'none' }, catalogue)).toBeUndefined();
    expect(fireRouting({ status: 'none' }, { clock: 'total', startedVersion: 1, rung: 1 }, givenAt())).toEqual([]);
  });
});
