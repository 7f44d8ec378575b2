import { randomUUID } from 'node:crypto';
import { program, staff, withIntake } from '../../test/harness';

const intake = withIntake();
const head = staff('dpupr.head', 'dpupr');
const leave = { standIn: 'dpupr.second', from: '2026-03-03', until: '2026-03-06' };
const path = '/internal/officers/dpupr.officer/stand-in';

describe('naming a stand-in', () => {
  const name = (body: object, key = randomUUID(), actor = head) =>
    intake().internal(path, { actor, verb: 'standin.name' }, body, { 'idempotency-key': key });

  it('is one fact on a stream of the officer and his unit, however often it is sent; the last word counts', async () => {
    const key = randomUUID();
    const first = await name(leave, key);
    expect([first.status, first.json]).toEqual([200, { officer: 'dpupr.officer', version: 1 }]);
    expect((await name(leave, key)).json).toEqual(first.json);
    expect((await name({ ...leave, standIn: 'x' }, key)).json['code']).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await name(leave)).json).toEqual(first.json);
    expect((await name({ ...leave, until: '2026-03-04' })).json).toMatchObject({ version: 2 });
    const { rows } = await intake().database.pool.query(
      `select data::text as data from read.reference where kind = 'standin' order by version`,
    );
    expect(rows.map(({ data }) => JSON.parse(data as string) as unknown)).toEqual([
      { for: 'dpupr.officer', unit: 'dpupr', ...leave },
      { for: 'dpupr.officer', unit: 'dpupr', ...leave, until: '2026-03-04' },
    ]);
  });

  it('is refused by the rule, to another verb, and to what is no naming', async () => {
    expect((await name({ ...leave, standIn: 'dpupr.officer' })).json['code']).toBe('STAND_IN_SELF');
    expect((await name({ ...leave, until: '2026-03-02' })).json['code']).toBe('PERIOD_WRONG');
    expect((await name({ ...leave, unit: 'dishub' })).json['code']).toBe('NOT_RESPONSIBLE');
    expect((await name(leave, randomUUID(), program('import'))).json['code']).toBe('NOT_RESPONSIBLE');
    expect((await name({ ...leave, from: 'soon' })).json['code']).toBe('BAD_REQUEST');
    const other = await intake().internal(path, { actor: head, verb: 'case.assign' }, leave);
    expect(other.json['code']).toBe('TOKEN_NOT_FOR_THIS');
  });
});
