import { migrate } from '@garda/event-store';
import { madeId, projectionSpec, withDatabase, type GivenEvent } from '@garda/testing';
import { intakeMigrations } from '../migrations';
import { render } from './format';
import { publicProjection } from './public.projection';

const db = withDatabase({
  template: 'intake',
  setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, intakeMigrations({ appRole })),
});
const caseId = '00000000-0000-7000-8000-000000000001';

function submitted(more: object = {}, publicity = 'place'): GivenEvent {
  const terms = { standard: 'HB-01', standardVersion: 1, publicity, calendar: '2026.1', stages: [{ time: '5wd' }] };
  const objectPlace = { areaCode: '33.25.10.2004', lat: 1, long: 2 };
  return {
    type: 'CaseSubmitted',
    data: {
      caseId,
      number: 'K7H2M9QX0',
      terms,
      content: 'public',
      channel: 'web',
      receivedAt: '2026-01-05T00:00:00Z',
      objectPlace,
      ...more,
    },
  };
}
const noted = (state: string, more: object = {}): GivenEvent => ({
  type: 'CaseProgressNoted',
  data: { caseId, state, ref: madeId('ref', 1), at: '2026-01-01T00:00:00Z', ...more },
});
const words = (text: string, place?: string): GivenEvent => ({
  type: 'PublicSummaryPublished',
  data: { caseId, unit: 'dishub', text, ...(place === undefined ? {} : { place }) },
});
const cases = 'select number, state, status, description, place, unit from read.public_cases';
const updates = 'select kind, status, text from read.public_updates order by at, position';

describe.each([1, 3, 100])('the public cases, redelivered in batches of %d', (size) => {
  const shown = (...events: GivenEvent[]) =>
    projectionSpec(db().pool)
      .given(...events)
      .project(publicProjection)
      .inBatchesOf(size)
      .twice();
  const story = [
    submitted(),
    noted('news', { unit: 'dishub' }),
    noted('working'),
    words('One', 'Square'),
    noted('waiting'),
    noted('decided'),
    noted('reopened'),
    words('Two'),
  ];

  it('show the last state and words', () =>
    shown(...story).shows(cases, [
      { number: 'K7H2M9QX0', state: 'working', status: 'open', description: 'Two', place: 'Square', unit: 'dishub' },
    ]));

  it('list words and public changes of status, each once', () =>
    shown(...story).shows(updates, [
      { kind: 'status', status: 'open', text: null },
      { kind: 'summary', status: 'open', text: 'One' },
      { kind: 'status', status: 'closed', text: null },
      { kind: 'status', status: 'open', text: null },
      { kind: 'summary', status: 'open', text: 'Two' },
    ]));

  it('stay empty for private content, for what is only counted, and for the catalogue', async () => {
    await shown(submitted({ content: 'private' }), noted('working'), words('x')).shows(
      `${cases} union all select '', kind, '', '', '', '' from read.public_updates`,
      [],
    );
    await shown(submitted({}, 'count'), noted('decided')).shows(cases, []);
    await shown({ type: 'UnitPublished', data: {}, streamId: 'unit-dishub' }).shows(cases, []);
  });

  it('keep their unit while another one decides a dispute about it', () =>
    shown(
      submitted(),
      noted('decided', { unit: 'dishub' }),
      noted('disputed', { unit: 'upkp2' }),
      noted('news', { unit: 'upkp2', fact: 'DisputeDecided' }),
    ).shows('select unit, status from read.public_cases', [{ unit: 'dishub', status: 'open' }]));

  it('follow every other state a case can reach', async () => {
    for (const [state, status] of [
      ['disputed', 'open'],
      ['final', 'closed'],
      ['closed', 'closed'],
      ['withdrawn', 'closed'],
    ])
      await shown(submitted(), noted(state ?? '')).shows('select state, status from read.public_cases', [
        { state, status },
      ]);
    for (const state of ['received', 'goes_on', 'too_late', 'dispute_moot', 'extended'])
      await shown(submitted(), noted(state)).shows('select state, status from read.public_cases', [
        { state: 'received', status: 'open' },
      ]);
  });
});

it('text that XML cannot say is replaced, the rest is escaped', () => {
  expect(render('xml', 'r', { a: 'x\u0000\u0008\uD800y<&>"', b: null, c: true })).toBe(
    '<?xml version="1.0" encoding="utf-8"?><r><a>x\uFFFD\uFFFD\uFFFDy&lt;&amp;&gt;&quot;</a><b/><c>true</c></r>',
  );
  expect(render('xml', 'r', { a: '🙂' })).toContain('🙂');
});
