import { XMLParser } from 'fast-xml-parser';
import { program, publish, staff, withIntake } from '../../test/harness';

const intake = withIntake();
const operations = program('operations');
const make = (body: object, actor = operations) =>
  intake().internal('/operations/apikeys', { actor, verb: 'apikey.manage' }, body);
const report = 'service_code=PU-01&lat=-6.9&long=109.8&description=A+hole';
const file = (fields: string, suffix = 'json', headers = {}) =>
  intake().form(`/open311/v2/requests.${suffix}`, fields, headers);

describe('a key of an Open311 client', () => {
  it.each([operations, staff('op', 'diskominfo')])('is made by $id, works, and is kept as a hash', async (actor) => {
    const { json } = await make({ name: 'city app' }, actor);
    expect(json).toEqual({ id: expect.any(String), name: 'city app', key: expect.stringMatching(/^[\w-]{43}$/) });
    const { rows } = await intake().database.pool.query('select * from intake.api_keys');
    expect(JSON.stringify(rows)).not.toContain(json['key']);
    expect((await file(`${report}&api_key=${json['key']}`)).status).toBe(201);
  });

  it('has a name', async () => {
    expect((await make({ name: ' ' })).json['code']).toBe('BAD_REQUEST');
  });

  it('that is not valid any more files nothing', async () => {
    const { json } = await make({ name: 'gone soon' });
    await intake().database.pool.query('update intake.api_keys set revoked_at = now() where id = $1', [json['id']]);
    expect((await file(`${report}&api_key=${json['key']}`)).status).toBe(403);
  });
});

describe('the program setup', () => {
  const empty = withIntake({ catalogue: false });
  it('makes keys only while the log is empty', async () => {
    const ask = () =>
      empty().internal('/operations/apikeys', { actor: program('setup'), verb: 'apikey.manage' }, { name: 'first' });
    expect((await ask()).status).toBe(201);
    await publish(empty());
    const late = await ask();
    expect([late.status, late.json['code']]).toEqual([409, 'SETUP_CLOSED']);
  });
});

describe('who reports without one', () => {
  it.each([
    ['no key', report, 'API_KEY_MISSING', 'Kunci API wajib diisi'],
    ['a key that nobody gave out', `${report}&api_key=guess`, 'API_KEY_INVALID', 'Kunci API tidak dikenal'],
  ])('with %s hears 403 in the shape of the interface, in his language', async (_, fields, code, words) => {
    const told = await file(fields);
    expect([told.status, told.json]).toEqual([403, [{ code: 403, description: expect.any(String) }]]);
    const [fault] = told.json as unknown as { description: string }[];
    expect(fault?.description.split(':')[0]).toBe(code);
    const reply = await file(fields, 'xml', { 'accept-language': 'id' });
    expect([reply.status, reply.headers['content-type'], new XMLParser().parse(reply.text)]).toMatchObject([
      403,
      'text/xml; charset=utf-8',
      { errors: { error: { code: 403, description: `${code}: ${words}` } } },
    ]);
  });
});
