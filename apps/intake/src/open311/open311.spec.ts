import { XMLParser } from 'fast-xml-parser';
import type { IntakeData } from '@garda/contracts';
import { apiKey, officer, program, withIntake } from '../../test/harness';
import { lamp, submit } from '../../test/submissions';

const intake = withIntake();
const base = '/open311/v2';
const xml = new XMLParser();
const key = `api_key=${apiKey}`;
const report = `service_code=PU-01&lat=-6.9&long=109.8&description=A+hole`;
const file = (fields: string, suffix = 'json') => intake().form(`${base}/requests.${suffix}`, fields);
const numberOf = (reply: { json: Record<string, never> }) =>
  (reply.json as unknown as { service_request_id: string }[])[0]?.service_request_id ?? '';
const request = async (number: string, more = '') =>
  ((await intake().get(`${base}/requests/${number}.json${more}`)).json as unknown as Record<string, unknown>[])[0];
const caseIdOf = async (number: string) =>
  (
    await intake().database.pool.query<{ case_id: string }>('select case_id from read.case_state where number = $1', [
      number,
    ])
  ).rows[0]?.case_id ?? '';
const updatesOf = async (number: string) =>
  (await intake().get(`${base}/servicerequestupdates.json?service_request_id=${number}`)).json as unknown as Record<
    string,
    string
  >[];
const noted = (caseId: string, count: number) =>
  intake().until(
    async () => (await intake().events(caseId)).filter((e) => e.type === 'CaseProgressNoted').length >= count,
  );

describe('discovery and services', () => {
  it('are there in both formats, with an endpoint that ends in a slash', async () => {
    const json = await intake().get(`${base}/discovery.json`);
    expect(json.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(json.json).toMatchObject({
      changeset: expect.any(String),
      contact: expect.any(String),
      key_service: expect.any(String),
      endpoints: [
        {
          specification: 'http://wiki.open311.org/GeoReport_v2',
          type: 'test',
          url: expect.stringMatching(/\/open311\/v2\/$/),
          formats: ['text/xml', 'application/json'],
        },
      ],
    });
    const reply = await intake().get(`${base}/discovery.xml`);
    expect(reply.headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(reply.text).toMatch(/^<\?xml version="1\.0" encoding="utf-8"\?><discovery>/);
    expect(xml.parse(reply.text)).toMatchObject({
      discovery: { endpoints: { endpoint: { formats: { format: ['text/xml', 'application/json'] } } } },
    });
  });

  it('offer what is about a place, with string codes and boolean metadata, under names that differ', async () => {
    const { json } = await intake().get(`${base}/services.json`);
    const services = json as unknown as Record<string, unknown>[];
    expect(services.map(({ service_code }) => service_code)).toEqual(['HB-01', 'LH-01', 'PU-01']);
    expect(services.every(({ metadata, type }) => metadata === true && type === 'realtime')).toBe(true);
    expect(new Set(services.map(({ service_name }) => service_name)).size).toBe(3);
    expect(services[2]).toMatchObject({ keywords: 'jalan,lubang,road,pothole' });
    const { services: root } = xml.parse((await intake().get(`${base}/services.xml`)).text) as {
      services: { service: unknown[] };
    };
    expect(root.service).toHaveLength(3);
  });

  it('define what they ask, with FixMyStreet’s own id among it, and never null values', async () => {
    const { json } = await intake().get(`${base}/services/HB-01.json`);
    expect(json).toMatchObject({
      service_code: 'HB-01',
      attributes: [
        {
          code: 'road_class',
          datatype: 'singlevaluelist',
          required: true,
          variable: true,
          order: 1,
          values: expect.arrayContaining([{ key: 'regency', name: 'Regency road' }]),
        },
        { code: 'pole_number', order: 2 },
        { code: 'since', order: 3 },
        { code: 'fixmystreet_id', automated: 'server_set', required: false, order: 4 },
      ],
    });
    expect(JSON.stringify(json)).not.toContain('"values":null');
    for (const code of ['NONE', 'DS-02', 'UM-02'])
      expect((await intake().get(`${base}/services/${code}.json`)).status).toBe(404);
  });
});

describe('filing a report', () => {
  it('answers the number at once, and it is readable at once', async () => {
    const reply = await file(`${report}&${key}`);
    expect([reply.status, Object.keys((reply.json as unknown as object[])[0] ?? {})]).toEqual([
      201,
      ['service_request_id', 'service_notice', 'account_id'],
    ]);
    expect(await request(numberOf(reply))).toMatchObject({
      status: 'open',
      service_code: 'PU-01',
      lat: -6.9,
      long: 109.8,
      description: null,
    });
    const inXml = await file(`${report}&${key}`, 'xml');
    const { service_requests: root } = xml.parse(inXml.text) as {
      service_requests: { request: { service_request_id: string } };
    };
    expect(await request(String(root.request.service_request_id))).toBeDefined();
  });

  it('gives the tracking code only where extensions were asked for', async () => {
    const plain = await file(`${report}&${key}`);
    expect(plain.text).not.toContain('tracking_code');
    expect((await intake().events(await caseIdOf(numberOf(plain))))[0]?.data).not.toHaveProperty('codeHash');
    const extended = await file(`${report}&${key}&extensions=true`);
    const [answer] = extended.json as unknown as { extended_attributes: { tracking_code: string } }[];
    const page = await intake().get(`/cases/${numberOf(extended)}`, {
      'tracking-code': answer?.extended_attributes.tracking_code ?? '',
    });
    expect(page.json['state']).toMatchObject({ code: 'received' });
  });

  const refused: [string, string, number, RegExp][] = [
    ['no service code', `${key}&lat=1&long=2`, 400, /service_code/],
    ['an unknown service code', `${key}&lat=1&long=2&service_code=X`, 404, /service_code/],
    ['a service that is not public', `${key}&lat=1&long=2&service_code=UM-02`, 404, /service_code/],
    ['no location', `${key}&service_code=PU-01`, 400, /location/],
    [
      'empty parameters, which count as absent',
      `${key}&service_code=PU-01&lat=&long=&address_string=`,
      400,
      /location/,
    ],
    ['half a point', `${key}&service_code=PU-01&lat=1`, 400, /lat and long/],
    ['a latitude beyond the pole', `${key}&service_code=PU-01&lat=99&long=1`, 400, /lat/],
    ['an area that is not there', `${key}&service_code=PU-01&address_id=33.25.99.2001`, 400, /AREA_UNKNOWN/],
    ['a required answer left out', `${key}&service_code=HB-01&lat=1&long=2`, 400, /ATTRIBUTE_MISSING/],
    ['another city', `${key}&${report}&jurisdiction_id=elsewhere.org`, 404, /jurisdiction_id/],
    ['a mail address that is none', `${key}&${report}&email=x`, 400, /email/],
  ];
  it.each(refused)('refuses %s', async (_, fields, status, words) => {
    const reply = await file(fields);
    expect(reply.status).toBe(status);
    expect(reply.json).toEqual([{ code: status, description: expect.stringMatching(words) }]);
  });

  it('counts line breaks as one character, and no more than 4,000', async () => {
    const lines = encodeURIComponent(`${'x'.repeat(1999)}\r\n${'y'.repeat(2000)}`);
    expect((await file(`${key}&service_code=PU-01&lat=1&long=2&description=${lines}`)).status).toBe(201);
    const over = await file(`${key}&service_code=PU-01&lat=1&long=2&description=${'x'.repeat(4001)}`);
    expect([over.status, over.json]).toMatchObject([400, [{ description: expect.stringContaining('description') }]]);
  });

  it('takes an area’s code, or free words that nobody else reads', async () => {
    const byArea = await file(`${key}&service_code=PU-01&address_id=33.25.10.2004`);
    expect(await request(numberOf(byArea))).toMatchObject({
      address_id: '33.25.10.2004',
      address: expect.stringContaining('Kaliboyo'),
      lat: null,
    });
    const byWords = await file(`${key}&service_code=PU-01&address_string=Before+the+house+of+Pak+Budi+0812`);
    expect(await request(numberOf(byWords))).toMatchObject({ address: null, address_id: null });
    expect(JSON.stringify(await request(numberOf(byWords)))).not.toContain('Budi');
  });

  it('reads answers in every way they are sent', async () => {
    for (const answer of [
      'attribute[road_class]=village',
      'attribute[road_class][]=village',
      'attribute%5Broad_class%5D=village',
    ])
      expect((await file(`${key}&service_code=HB-01&lat=1&long=2&${answer}`)).status).toBe(201);
    const several = await file(
      `${key}&service_code=HB-01&lat=1&long=2&attribute[road_class]=village&attribute[road_class]=regency`,
    );
    expect(several.json).toMatchObject([{ description: expect.stringContaining('ATTRIBUTE_INVALID') }]);
  });

  it('makes one case of a report that FixMyStreet sends twice, and two of two', async () => {
    const sent = (id: string) => file(`${key}&${report}&attribute[fixmystreet_id]=${id}`);
    const [first, again, other] = [await sent('4711'), await sent('4711'), await sent('4712')];
    expect(numberOf(again)).toBe(numberOf(first));
    expect(numberOf(other)).not.toBe(numberOf(first));
    const at = await Promise.all(Array.from({ length: 5 }, () => sent('4713')));
    expect(new Set(at.map(numberOf)).size).toBe(1);
  });

  it('shows nobody who reported, named or not', async () => {
    const named = await file(
      `${key}&${report}&first_name=Siti&last_name=Rahayu&phone=0812345678&email=siti@example.org`,
    );
    const anonymous = await file(`${key}&${report}&phone=0812345678`);
    const [a, b] = await Promise.all(
      [named, anonymous].map(
        async (r) => (await intake().events(await caseIdOf(numberOf(r))))[0]?.data as IntakeData<'CaseSubmitted'>,
      ),
    );
    expect([a?.identity, b?.identity, a?.tellBy, b?.tellBy]).toEqual(['named', 'withheld', 'file', 'file']);
    const all = await intake().get(`${base}/requests.json?extensions=true`);
    for (const word of ['Siti', 'Rahayu', '0812', 'hole']) expect(all.text).not.toContain(word);
  });
});

describe('what is public', () => {
  it('is never what was handed in privately, nor what has no place', async () => {
    const hidden = await submit(intake(), { ...lamp, content: 'private' });
    const count = await submit(intake(), { ...lamp, standard: 'UM-02', attributes: {}, objectPlace: {} });
    for (const { number } of [hidden, count]) {
      expect((await intake().get(`${base}/requests/${number}.json`)).status).toBe(404);
      expect((await intake().get(`${base}/requests.json?service_request_id=${number}`)).json).toEqual([]);
      expect((await intake().get(`${base}/requests.json`)).text).not.toContain(number);
    }
  });

  it('follows the work: status, words of the office and updates at the time they became public', async () => {
    const { caseId, number } = await submit(intake(), { ...lamp, standard: 'PU-01', attributes: {} });
    const terms = { tier: 'agency', kind: 'condition', time: '14wd' };
    const slow = { at: '2026-02-01T00:00:00.000000Z' };
    await intake().resolution.write(
      caseId,
      'WorkReceived',
      { kind: 'stage', unit: 'dpupr', offer: 1, stage: 0, terms, binding: false },
      slow,
    );
    await intake().resolution.write(caseId, 'CaseAccepted', { unit: 'dpupr', officer: 'dpupr.officer' }, slow);
    await noted(caseId, 2);
    const words = { text: 'Filled on Thursday & <dry>', place: 'Jalan Raya' };
    await intake().internal(
      `/internal/cases/${caseId}/publish-summary`,
      { actor: officer, verb: 'summary.publish', caseId },
      words,
    );
    await intake().resolution.write(
      caseId,
      'InformationRequested',
      { unit: 'dpupr', items: ['photo'], offList: [] },
      slow,
    );
    await intake().resolution.write(caseId, 'CaseResolved', { unit: 'dpupr', outcome: 'remedied' }, slow);
    await noted(caseId, 4);
    await intake().until(async () => (await request(number))?.['status'] === 'closed');
    const updates = await updatesOf(number);
    expect(updates.map(({ status, description }) => [status, description])).toEqual([
      ['open', 'Being worked on'],
      ['open', 'Filled on Thursday & <dry>'],
      ['closed', 'Decided'],
    ]);
    // Not the second of February, when it is said to have happened: a poller would never see it.
    expect(updates.every(({ updated_datetime }) => updated_datetime?.startsWith('2026-03-02T02:'))).toBe(true);
    const closed = await request(number, '?extensions=true');
    expect(closed).toMatchObject({
      status_notes: 'Decided',
      description: words.text,
      address: 'Jalan Raya',
      agency_responsible: expect.stringContaining('Pekerjaan Umum'),
      updated_datetime: updates[2]?.['updated_datetime'],
      expected_datetime: expect.stringMatching(/^2026-03-/),
      extended_attributes: { state: 'decided' },
      notes: [{ type: 'status' }, { type: 'summary', description: words.text }, { type: 'status' }],
    });
    const page = await intake().get(`${base}/requests/${number}.xml`);
    expect(page.text).toContain('Filled on Thursday &amp; &lt;dry&gt;');
    expect(page.text).toContain('<media_url/>');
  });

  it('of an imported case is exactly the published words, at their own times', async () => {
    const importer = program('import');
    const at = '2026-02-10T03:00:00Z';
    const submission = { ...lamp, standard: 'PU-01', identity: 'none', person: undefined, attributes: {} };
    const filed = await intake().internal(
      '/internal/cases',
      { actor: importer, verb: 'case.file' },
      { submission, receivedAt: at, occurredAt: at },
    );
    const { caseId, number } = filed.json as unknown as { caseId: string; number: string };
    await intake().resolution.write(caseId, 'CaseAccepted', { unit: 'dpupr', officer: 'import' });
    await intake().resolution.write(caseId, 'CaseResolved', { unit: 'dpupr', outcome: 'remedied' });
    await noted(caseId, 2);
    const say = (text: string, occurredAt: string) =>
      intake().internal(
        `/internal/cases/${caseId}/publish-summary`,
        { actor: importer, verb: 'summary.publish', caseId },
        { text, occurredAt },
      );
    await say('Completed', '2026-02-12T01:00:00Z');
    await say('Submitted', '2026-02-09T01:00:00Z');
    await intake().until(async () => (await request(number))?.['status'] === 'closed');
    expect(
      (await updatesOf(number)).map(({ description, updated_datetime }) => [description, updated_datetime]),
    ).toEqual([
      ['Submitted', '2026-02-09T01:00:00.000Z'],
      ['Completed', '2026-02-12T01:00:00.000Z'],
    ]);
    expect(await request(number)).toMatchObject({ requested_datetime: '2026-02-10T03:00:00.000Z', status: 'closed' });
  });
});

describe('asking for many', () => {
  const list = async (query: string) =>
    (await intake().get(`${base}/requests.json?${query}`)).json as unknown as Record<string, string>[];

  it('filters by service, status and time, newest first', async () => {
    const all = await list('');
    expect(all.length).toBeGreaterThan(5);
    expect(all.map((r) => r['requested_datetime'])).toEqual(
      all
        .map((r) => r['requested_datetime'])
        .sort()
        .reverse(),
    );
    expect((await list('service_code=HB-01')).every((r) => r['service_code'] === 'HB-01')).toBe(true);
    const closed = await list('status=closed');
    expect([closed.length > 0, closed.every((r) => r['status'] === 'closed')]).toEqual([true, true]);
    expect((await list('status=open,closed')).length).toBe(all.length);
    expect(await list('start_date=2026-02-09T00:00:00Z&end_date=2026-02-11T07:00:00%2B07:00')).toHaveLength(1);
    expect(await list('start_date=2025-01-01T00:00:00Z&end_date=2025-02-01T00:00:00 07:00')).toEqual([]);
  });

  it('lets ids override every other argument, typed as people type them', async () => {
    const [first, second] = await list('');
    const ids = `${first?.['service_request_id']?.toLowerCase()},${second?.['service_request_id']},ZZZZZZZZZ`;
    expect(await list(`service_request_id=${ids}&status=closed&start_date=2020-01-01T00:00:00Z`)).toHaveLength(2);
  });

  it('pages', async () => {
    const all = await list('');
    const pages = [...(await list('page_size=3&page=1')), ...(await list('page_size=3&page=2'))];
    expect(pages).toEqual(all.slice(0, 6));
  });

  const wrong = [
    'start_date=yesterday',
    'start_date=2026-01-01T00:00:00',
    'status=done',
    'page=0',
    'page_size=1001',
    'start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z',
    'start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z',
  ];
  it.each(wrong)('refuses %s', async (query) => {
    const reply = await intake().get(`${base}/requests.json?${query}`);
    expect([reply.status, reply.json]).toEqual([400, [{ code: 400, description: expect.any(String) }]]);
  });

  it('answers nothing found with an empty root, and what is not there with 404', async () => {
    const empty = `start_date=2025-01-01T00:00:00Z&end_date=2025-01-02T00:00:00Z`;
    expect((await intake().get(`${base}/requests.json?${empty}`)).text).toBe('[]');
    expect((await intake().get(`${base}/requests.xml?${empty}`)).text).toBe(
      '<?xml version="1.0" encoding="utf-8"?><service_requests/>',
    );
    expect((await intake().get(`${base}/servicerequestupdates.xml?${empty}`)).text).toContain(
      '<service_request_updates/>',
    );
    for (const path of [
      'requests/ZZZZZZZZZ.json',
      'requests/x.xml',
      'tokens/1.json',
      'requests.json?service_code=NONE',
      'services.json?jurisdiction_id=elsewhere.org',
      'servicerequestupdates.xml?jurisdiction_id=x',
    ])
      expect((await intake().get(`${base}/${path}`)).status).toBe(404);
    expect((await intake().get(`${base}/requests.json?jurisdiction_id=batang.go.id&status=`)).status).toBe(200);
  });

  it('takes a thousand ids in one address', async () => {
    const ids = Array.from({ length: 1000 }, () => 'ZZZZZZZZZZ').join(',');
    const response = await fetch(`${intake().service.url}${base}/requests.json?service_request_id=${ids}`);
    expect([response.status, await response.text()]).toEqual([200, '[]']);
  });
});
