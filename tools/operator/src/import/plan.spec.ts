import { compare } from './compare';
import { planOf, wordsOf } from './plan';
import type { ForeignRecord } from './records';

/** Invented records of an invented city. */
const record = (more: Partial<ForeignRecord> = {}): ForeignRecord => ({
  service_request_id: '1',
  service_code: 'lamp',
  service_name: 'Lamp out',
  status: 'closed',
  agency_responsible: 'Lights',
  requested_datetime: '2014-03-01T10:00:00-06:00',
  address: '1 Main Street',
  lat: 41.5,
  long: -87.5,
  attributes: {},
  extended_attributes: {},
  notes: [
    { datetime: '2014-03-01T09:59:30-06:00', type: 'submitted', summary: 'Submitted' },
    { datetime: '2014-03-01T10:00:00-06:00', type: 'opened', summary: 'Opened' },
    { datetime: '2014-03-09T10:00:00-05:00', type: 'closed', summary: 'Closed', description: 'New bulb' },
  ],
  ...more,
});
const table = {
  submitted: { commands: [] },
  opened: { commands: ['take', 'accept'] },
  closed: { commands: ['resolve'], outcome: 'remedied' },
} as const;
const services = new Set(['lamp']);
const kinds = (records: ForeignRecord[]) =>
  planOf(records, table, services).steps.map((step) => [
    step.record.service_request_id,
    step.kind === 'note' ? step.note.type : step.kind,
  ]);

describe('the plan of an import', () => {
  it('files a case before anything is said of it, also what was said earlier', () => {
    expect(kinds([record()])).toEqual([
      ['1', 'file'],
      ['1', 'submitted'],
      ['1', 'opened'],
      ['1', 'closed'],
    ]);
    const early = planOf([record()], table, services).steps[1];
    expect(early).toMatchObject({ at: '2014-03-01T09:59:30-06:00', words: 'Submitted' });
  });

  it('puts the steps of all records in one order of time, across a change of the clocks', () => {
    const other = record({
      service_request_id: '2',
      requested_datetime: '2014-03-09T10:30:00-05:00',
      notes: [{ datetime: '2014-03-09T10:30:00-05:00', type: 'opened', summary: 'Opened' }],
    });
    expect(kinds([other, record()]).map(([id]) => id)).toEqual(['1', '1', '1', '1', '2', '2']);
  });

  it('counts a note or a service that it cannot express', () => {
    const note = { datetime: '2014-03-02T10:00:00-06:00', type: 'sung', summary: 'A song' };
    expect(planOf([record({ notes: [note] }), record({ service_code: 'opera' })], table, services).unexpressed).toEqual(
      [
        { record: '1', what: 'note sung' },
        { record: '1', what: 'service opera' },
      ],
    );
  });

  it('links to a parent that is among the records, and names one that is not in the last words', () => {
    const child = record({ service_request_id: '2', extended_attributes: { parent_service_request_id: '1' } });
    expect(kinds([child, record()])).toContainEqual(['2', 'link']);
    const closing = child.notes[2] as ForeignRecord['notes'][number];
    expect(wordsOf(closing, child, true)).toBe('Closed: New bulb');
    expect(wordsOf(closing, child, false)).toBe('Closed: New bulb (belongs to 1)');
    expect(wordsOf(child.notes[1] as ForeignRecord['notes'][number], child, false)).toBe('Opened');
  });
});

describe('the comparison', () => {
  const updates = [{ at: '2014-03-01T10:00:00-06:00', words: 'Opened' }];
  const request = {
    service_request_id: 'X',
    service_code: 'lamp',
    status: 'closed',
    agency_responsible: 'Lights',
    requested_datetime: '2014-03-01T16:00:00.000Z',
    address: '1 Main Street',
    lat: 41.5,
    long: -87.5,
  };
  const update = { service_request_id: 'X', updated_datetime: '2014-03-01T16:00:00.000Z', description: 'Opened' };
  const fieldsOf = (shown: Parameters<typeof compare>[2]) =>
    compare(record(), updates, shown).map(({ field }) => field);

  it('finds nothing where all is the same, whatever the zone of the times', () => {
    expect(fieldsOf({ request, updates: [update] })).toEqual([]);
  });

  it.each([
    ['service', { service_code: 'road' }],
    ['requested', { requested_datetime: '2014-03-01T16:00:01.000Z' }],
    ['status', { status: 'open' }],
    ['agency', { agency_responsible: null }],
    ['place', { address: '2 Main Street' }],
    ['lat', { lat: 41.6 }],
    ['long', { long: null }],
  ])('sees another %s', (field, more) => {
    expect(fieldsOf({ request: { ...request, ...more }, updates: [update] })).toEqual([field]);
  });

  it('sees a case or an update that is missing, too many, late, or in other words', () => {
    expect(fieldsOf({ request: undefined, updates: [] })).toEqual(['request']);
    expect(fieldsOf({ request, updates: [] })).toEqual(['updates', 'update 1 time', 'update 1 words']);
    expect(fieldsOf({ request, updates: [update, update] })).toEqual(['updates']);
    const late = { ...update, updated_datetime: '2014-03-02T16:00:00.000Z' };
    expect(fieldsOf({ request, updates: [late] })).toEqual(['update 1 time']);
    expect(fieldsOf({ request, updates: [{ ...update, description: 'Shut' }] })).toEqual(['update 1 words']);
  });
});
