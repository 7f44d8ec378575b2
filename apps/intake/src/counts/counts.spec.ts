import type { IntakeData } from '@garda/contracts';
import { EventLog, newEventId, type LogSchema } from '@garda/event-store';
import { program, withIntake, type Reply } from '../../test/harness';
import { lamp, residence, submit } from '../../test/submissions';

const intake = withIntake();
const [tulis, bandar] = ['33.25.10', '33.25.03'];
type Submitted = IntakeData<'CaseSubmitted'>;

/** Facts as submissions leave them in a log, of a case that was really handed in. */
async function recordAs(model: Submitted, count: number, log: LogSchema, more: Partial<Submitted>): Promise<void> {
  const into = new EventLog({ pool: intake().database.pool, schema: log });
  for (let n = 0; n < count; n += 1) {
    const caseId = newEventId();
    const streamId = `${log === 'log' ? 'case' : 'levy'}-${caseId}`;
    const meta = { commandId: newEventId(), correlationId: newEventId(), actor: { kind: 'citizen' as const } };
    const data = {
      ...model,
      ...more,
      caseId,
      number: `${String(n).padStart(4, '0')}${caseId.slice(-5)}`.toUpperCase(),
    };
    const event = { type: 'CaseSubmitted', schemaVersion: 1, data, eventId: newEventId(), meta };
    await into.append({
      ...{ streamId, key: caseId, expected: 0, commandId: meta.commandId, requestHash: null, result: null },
      events: [{ ...event, occurredAt: model.receivedAt }],
    });
  }
}
async function modelOf(what: object): Promise<Submitted> {
  const [first] = await intake().events((await submit(intake(), what)).caseId);
  return first?.data as Submitted;
}
const moveTo = (to: string): Promise<Reply> =>
  intake().internal('/operations/clock', { actor: program('operations'), verb: 'clock.move' }, { to });
const paths = ['/counts/levy', '/counts/levy.csv', '/counts/cases', '/counts/cases.csv'];
const all = () => Promise.all(paths.map(async (path) => (await intake().get(path)).text));
/** Until both projections have read all that there is. */
const counted = () =>
  intake().until(async () => {
    const { rows } = await intake().database.pool.query(
      `select 1 from consume.projection_cursor c where c.projection in ('case_counts', 'levy_counts')
         and c.position < case c.log when 'log' then (select max(position) from log.events)
                                     else (select max(position) from log_restricted.events) end`,
    );
    return rows.length === 0;
  });
interface Table {
  readonly standard?: { code: string };
  readonly years: string[];
  readonly districts: { code: string; counts: (number | null)[]; total: number | null }[];
  readonly totals: (number | null)[];
  readonly total: number | null;
}
const levy = async () => (await intake().get('/counts/levy')).json as unknown as Table;
const cases = async (standard: string): Promise<Table | undefined> => {
  const { items } = (await intake().get('/counts/cases')).json as unknown as { items: Table[] };
  return items.find((one) => one.standard?.code === standard);
};
const shownOf = ({ districts }: Table) =>
  Object.fromEntries(districts.filter(({ total }) => total !== null).map(({ code, counts }) => [code, counts]));

let report: Submitted;
beforeAll(async () => {
  const [letter, light] = [await modelOf(residence), await modelOf(lamp)];
  report = { ...letter, terms: { ...letter.terms, standard: 'LV-01', kind: 'levy', publicity: 'never' } };
  await recordAs(report, 6, 'log_restricted', { area: '33.25.10.2004' });
  await recordAs(report, 2, 'log_restricted', { area: '33.25.03.2001' });
  await recordAs(letter, 8, 'log', { area: '33.25.03.2001' });
  await recordAs(letter, 4, 'log', { area: '33.25.10.2007' });
  await recordAs(light, 5, 'log', { area: '33.25.10.2007' });
  await recordAs(light, 9, 'log', { area: '33.25.03.2001', content: 'private' });
  await counted();
}, 60_000);

it('nothing is counted of a year that goes on, nor in the month after it', async () => {
  expect(await levy()).toMatchObject({ years: [], totals: [], total: null });
  expect(shownOf((await cases('DS-02')) as Table)).toEqual({});
  const before = await all();
  await recordAs(report, 1, 'log_restricted', { area: '33.25.10.2004' });
  await counted();
  expect(await all()).toEqual(before);
  expect((await moveTo('2027-01-31T23:00:00+07:00')).status).toBe(200);
  expect(await all()).toEqual(before);
});

it('then by district, without what is small and what would give it away', async () => {
  expect((await moveTo('2027-02-01T08:00:00+07:00')).status).toBe(200);
  const table = await levy();
  expect(table).toMatchObject({ least: 5, years: ['2026'], totals: [9], total: 9 });
  // Seven in one district, two in another: the other thirteen and the rest hide the two.
  expect(shownOf(table)).toEqual({ [tulis]: [7] });
  expect(table.districts).toHaveLength(16);
  expect(table.districts.find(({ code }) => code === bandar)).toMatchObject({ counts: [null], total: null });
  const { text, headers } = await intake().get('/counts/levy.csv');
  expect(headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
  expect(text).toContain(`district,year,count\r\n`);
  expect(text).toContain(`${tulis},2026,7\r\n${tulis},total,7\r\n`);
  expect(text).toContain(`${bandar},2026,\r\n`);
  expect(text.endsWith('total,2026,9\r\ntotal,total,9\r\n')).toBe(true);
});

it('cases by standard: a private report of a public standard is counted nowhere, and levies are no standard', async () => {
  // One letter and one lamp were handed in as models. Five letters hide fourteen times none, six lamps fifteen times.
  expect(shownOf((await cases('DS-02')) as Table)).toEqual({ [bandar]: [8] });
  expect((await cases('DS-02'))?.total).toBe(13);
  expect(shownOf((await cases('HB-01')) as Table)).toEqual({});
  expect((await cases('HB-01'))?.total).toBe(6);
  expect(await cases('LV-01')).toBeUndefined();
  expect(await cases('SO-01')).toBeUndefined();
  const { text } = await intake().get('/counts/cases.csv');
  expect(text).toContain(`DS-02,${bandar},2026,8\r\n`);
  expect(text).not.toMatch(/LV-01|SO-01|,[1-4]\r\n/);
});

it('and what was shown once stays as it is to the byte, whatever is reported', async () => {
  const before = await all();
  await recordAs(report, 3, 'log_restricted', { area: '33.25.03.2001', receivedAt: '2026-12-30T02:00:00.000Z' });
  await submit(intake(), residence);
  await counted();
  expect(await all()).toEqual(before);
});
