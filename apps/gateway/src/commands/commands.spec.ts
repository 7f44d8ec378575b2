import { staffCommands, type Context } from '@garda/contracts';
import { madeId } from '@garda/testing';
import { sampleData, stream, type Told } from '../../test/facts';
import { withGateway, type Reply } from '../../test/harness';
import { CaseFiles } from '../case-file/case-files';

const running = withGateway();
const codeOf = ({ status, json }: Reply) => [status, json['code']];
const officer = () => running().staff('dishub.officer', 'dishub', 'agency_officer');

let next = 0;
/** A case that the agency answers for, with an officer; every spec its own. */
async function placed(filed: object = {}): Promise<string> {
  const caseId = madeId('commands', (next += 1));
  const { publish, hears } = running();
  await publish('intake', stream('intake', caseId, [['CaseSubmitted', filed]]));
  await publish(
    'routing',
    stream('routing', caseId, [
      ['CaseEntered', filed],
      ['CaseRouted', { unit: 'dishub', offer: 1 }],
    ]),
  );
  await publish('resolution', stream('resolution', caseId, workOf(filed)));
  await hears(caseId, { intake: 1, routing: 2, resolution: 3 });
  return caseId;
}
const workOf = (filed: object): Told[] => [
  ['CaseKnown', filed],
  ['WorkReceived', { unit: 'dishub', offer: 1 }],
  ['OfficerAssigned', { unit: 'dishub', offer: 1, officer: 'dishub.officer' }],
];

/** The service decides, appends, and its relay publishes: the answer names the version the case file will show. */
function resolutionAppends(facts: Told, delayMs = 0): void {
  const { services, publish } = running();
  services.resolution.answers(async ({ path, claims }) => {
    const caseId = claims.caseId ?? '';
    const events = stream('resolution', caseId, [...workOf({}), facts]);
    const tell = () => publish('resolution', events.slice(-1));
    if (delayMs === 0) await tell();
    else setTimeout(() => void tell(), delayMs);
    return { status: delayMs === 0 ? 200 : 202, body: { caseId, version: events.length, context: 'resolution', path } };
  });
}

function gate(): { promise: Promise<void>; resolve: () => void } {
  let open = (): void => undefined;
  const promise = new Promise<void>((resolve) => (open = resolve));
  return { promise, resolve: () => open() };
}

describe('a dispute', () => {
  it('is decided by the unit that routing named, which may read it, and by no other', async () => {
    const { post, get, publish, hears, services, staff } = running();
    const caseId = await placed();
    const settled: Told[] = [
      ['CaseEntered'],
      ['CaseRouted', { unit: 'dishub', offer: 1 }],
      ['WorkSettled', { how: 'decided', outcome: 'remedied', unit: 'dishub' }],
      ['DisputeRouted', { to: 'kec-tulis', decidedBy: 'dishub', disputedAt: '2026-03-04T03:00:00.000Z' }],
    ];
    await publish('routing', stream('routing', caseId, settled).slice(2));
    await hears(caseId, { routing: 4 });
    const named = await staff('kec-tulis.head', 'kec-tulis', 'district_head');
    const body = { result: 'upheld', words: 'x' };
    const decide = async (token: string) => codeOf(await post(`/cases/${caseId}/decide-dispute`, token, body));
    const head = await staff('dishub.head', 'dishub', 'agency_head');
    expect(await decide(head)).toEqual([403, 'OWN_DECISION']);
    expect(await decide(await staff('q', 'upkp2', 'quality_unit'))).toEqual([403, 'NOT_NAMED_TO_DECIDE']);
    expect(await decide(await officer())).toEqual([403, 'RIGHT_MISSING']);
    services.resolution.answers(() => ({ body: { caseId, version: 3 } }));
    expect((await decide(named))[0]).toBe(200);
    expect(services.resolution.last().claims).toMatchObject({ verb: 'dispute.decide', unit: 'kec-tulis' });
    expect((await get(`/cases/${caseId}`, named)).json).toMatchObject({
      routing: { status: 'settled' },
      dispute: { decidedBy: 'dishub', to: 'kec-tulis', at: '2026-03-04T03:00:00.000Z' },
    });
  });
});

describe('a command', () => {
  it('goes to the service of its context, with a token for this person, verb and case', async () => {
    const { post, services } = running();
    const caseId = await placed();
    resolutionAppends(['CaseAccepted']);
    const key = {
      'idempotency-key': 'once',
      'if-match': '"3"',
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    };
    const reply = await post(`/cases/${caseId}/accept`, await officer(), { occurredAt: undefined }, key);
    expect([reply.status, reply.headers.get('etag')]).toEqual([200, '"4"']);
    expect(reply.json).toMatchObject({ caseId, version: 4 });
    const { path, headers, claims } = services.resolution.last();
    expect(path).toBe(`/internal/cases/${caseId}/accept`);
    expect(claims).toMatchObject({
      actor: { kind: 'staff', id: 'dishub.officer', unit: 'dishub' },
      roles: ['agency_officer'],
      verb: 'case.accept',
      unit: 'dishub',
      caseId,
    });
    expect(headers).toMatchObject({ 'idempotency-key': 'once', 'if-match': '"3"' });
    expect(headers['traceparent']).toMatch(new RegExp(`^00-${'a'.repeat(32)}-`));
    expect(headers['x-correlation-id']).toBe(reply.headers.get('x-correlation-id'));
  });

  it('is answered when the next read shows it', async () => {
    const { post, get } = running();
    const caseId = await placed();
    resolutionAppends(['CaseAccepted'], 150);
    expect((await post(`/cases/${caseId}/accept`, await officer())).status).toBe(200);
    expect((await get(`/cases/${caseId}`, await officer())).json).toMatchObject({
      status: 'working',
      versions: { resolution: 4 },
    });
  });

  it('is answered 202 with the place to look when the case file stays behind', async () => {
    const { post, services } = running();
    const caseId = await placed();
    services.resolution.answers(() => ({ body: { caseId, version: 99 } }));
    const reply = await post(`/cases/${caseId}/accept`, await officer());
    expect([reply.status, reply.headers.get('location')]).toEqual([202, `/cases/${caseId}`]);
  });

  it('is answered at once for whoever prefers that', async () => {
    const { post, services } = running();
    const caseId = await placed();
    services.resolution.answers(() => ({ body: { caseId, version: 99 } }));
    const before = Date.now();
    const reply = await post(`/cases/${caseId}/accept`, await officer(), {}, { prefer: 'respond-async' });
    expect(reply.status).toBe(202);
    expect(Date.now() - before).toBeLessThan(1900); // without the wish the gateway waits for two seconds
  });

  it('refused by the service is refused to the caller in the same words', async () => {
    const { post, services } = running();
    const caseId = await placed();
    const problem = {
      type: 'urn:garda:STALE_VERSION',
      code: 'STALE_VERSION',
      status: 412,
      title: 'changed',
      detail: 'is 7',
    };
    services.resolution.answers(() => ({
      status: 412,
      body: problem,
      headers: { 'content-type': 'application/problem+json' },
    }));
    const reply = await post(`/cases/${caseId}/accept`, await officer(), {}, { 'if-match': '"1"' });
    expect([reply.status, reply.json]).toEqual([412, problem]);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
  });

  it('to a service that is away is 503 with a time to come back', async () => {
    const { post, services } = running();
    const caseId = await placed();
    await services.resolution.stop();
    const reply = await post(`/cases/${caseId}/accept`, await officer());
    await services.resolution.start();
    expect(codeOf(reply)).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(reply.headers.get('retry-after')).toBe('2');
  });

  it.each([
    ['a case id that is none', '/cases/seven/accept', {}, 'BAD_REQUEST'],
    ['an If-Match that is no version', `/cases/${madeId('x', 1)}/accept`, { 'if-match': 'W/"1"' }, 'IF_MATCH_INVALID'],
  ])('with %s is refused', async (_, path, headers, code) => {
    expect(codeOf(await running().post(path, await officer(), {}, headers))).toEqual([400, code]);
  });

  it('that is no JSON, or that does not exist, is refused', async () => {
    const { gateway, post } = running();
    const headers = { authorization: `Bearer ${await officer()}`, 'content-type': 'application/json' };
    const url = `${gateway.url}/cases/${madeId('x', 1)}/accept`;
    const malformed = await fetch(url, { method: 'POST', headers, body: '{"a":' });
    expect(await malformed.json()).toMatchObject({ code: 'MALFORMED_JSON', status: 400 });
    expect(codeOf(await post(`/cases/${madeId('x', 1)}/explode`, await officer()))).toEqual([404, 'NOT_FOUND']);
  });
});

describe('the right', () => {
  it.each(Object.keys(staffCommands))('to %s is judged before anything is sent', async (name) => {
    const { post, staff, services } = running();
    const caseId = await placed();
    const asked = () => Object.values(services).reduce((sum, { asked: all }) => sum + all.length, 0);
    const before = asked();
    expect(codeOf(await post(`/cases/${caseId}/${name}`, await staff('a', 'dishub', 'auditor')))).toEqual([
      403,
      'RIGHT_MISSING',
    ]);
    expect(asked()).toBe(before);
  });

  it.each([
    ['an officer of another unit', 'x', 'dlh', 'agency_officer', 'NOT_YOUR_UNIT'],
    ['a colleague', 'dishub.other', 'dishub', 'agency_officer', 'NOT_YOUR_CASE'],
  ])('to accept is not that of %s', async (_, id, unit, role, code) => {
    const { post, staff } = running();
    expect(codeOf(await post(`/cases/${await placed()}/accept`, await staff(id, unit, role)))).toEqual([403, code]);
  });

  it('is nobody’s whose unit is reported', async () => {
    const reply = await running().post(`/cases/${await placed({ reportedUnit: 'dishub' })}/accept`, await officer());
    expect(codeOf(reply)).toEqual([403, 'UNIT_IS_REPORTED']);
  });

  it('to open what a citizen withheld is not the officer’s', async () => {
    const { post } = running();
    const reply = await post(`/cases/${await placed({ identity: 'withheld' })}/disclose`, await officer(), {
      purpose: 'verify',
    });
    expect(codeOf(reply)).toEqual([403, 'IDENTITY_WITHHELD']);
  });

  it('on a case that nobody knows, or that is about a levy, is “no such case”', async () => {
    const { post } = running();
    expect(codeOf(await post(`/cases/${madeId('nobody', 1)}/accept`, await officer()))).toEqual([
      404,
      'CASE_NOT_FOUND',
    ]);
    const levy = sampleData('intake', 'CaseSubmitted')['terms'] as object;
    const caseId = await placed({ terms: { ...levy, kind: 'levy' } });
    expect(codeOf(await post(`/cases/${caseId}/accept`, await officer()))).toEqual([404, 'CASE_NOT_FOUND']);
  });

  it('waits for the section that says whose a case is, right after it was filed', async () => {
    const { post, publish, hears } = running();
    const caseId = madeId('commands', (next += 1));
    await publish('intake', stream('intake', caseId, [['CaseSubmitted']]));
    await hears(caseId, { intake: 1 });
    resolutionAppends(['CaseAccepted']);
    setTimeout(() => {
      void publish('resolution', stream('resolution', caseId, workOf({})));
      void publish(
        'routing',
        stream('routing', caseId, [['CaseEntered'], ['CaseRouted', { unit: 'dishub', offer: 1 }]]),
      );
    }, 300);
    expect((await post(`/cases/${caseId}/accept`, await officer())).status).toBe(200);
  });

  it('that repeats one whose effect took the right away is answered as the first was', async () => {
    const { post, services } = running();
    const caseId = await placed();
    const other = await running().staff('dlh.officer', 'dlh', 'agency_officer');
    const key = { 'idempotency-key': 'once' };
    services.resolution.answers(({ claims }) =>
      claims.repeatOnly === true
        ? { status: 200, body: { caseId, version: 0, context: 'resolution' } }
        : { status: 500, body: { code: 'INTERNAL' } },
    );
    expect((await post(`/cases/${caseId}/take`, other, {}, key)).status).toBe(200);
    services.resolution.answers(() => ({ status: 403, body: { code: 'RIGHT_MISSING' } }));
    expect(codeOf(await post(`/cases/${caseId}/take`, other, {}, key))).toEqual([403, 'NOT_YOUR_UNIT']);
    const asked = services.resolution.asked.length;
    expect(codeOf(await post(`/cases/${caseId}/take`, other))).toEqual([403, 'NOT_YOUR_UNIT']);
    expect(services.resolution.asked).toHaveLength(asked);
  });

  it('that repeats one still on its way is not judged before it', async () => {
    const { post, services, publish, hears } = running();
    const caseId = await placed();
    const key = { 'idempotency-key': 'once' };
    const [first, reached] = [gate(), gate()];
    const told: string[] = [];
    services.resolution.answers(async ({ claims }) => {
      told.push(claims.repeatOnly === true ? 'repeat' : 'first');
      if (claims.repeatOnly !== true) {
        reached.resolve();
        await first.promise;
      }
      return { status: 200, body: { caseId, version: 0, context: 'resolution' } };
    });
    const earlier = post(`/cases/${caseId}/accept`, await officer(), {}, key);
    await reached.promise;
    const assigned: Told = ['OfficerAssigned', { unit: 'dishub', offer: 1, officer: 'dishub.other' }];
    await publish('resolution', stream('resolution', caseId, [...workOf({}), assigned]).slice(-1));
    await hears(caseId, { resolution: 4 });
    const later = post(`/cases/${caseId}/accept`, await officer(), {}, key);
    expect(codeOf(await post(`/cases/${caseId}/accept`, await officer()))).toEqual([403, 'NOT_YOUR_CASE']);
    await new Promise((resolve) => setTimeout(resolve, 500)); // long enough for the service to be asked too early
    expect(told).toEqual(['first']);
    first.resolve();
    expect([(await earlier).status, (await later).status, told]).toEqual([200, 200, ['first', 'repeat']]);
  });

  it('that repeats one not yet judged is not judged before it', async () => {
    const { gateway, post, services, publish, hears } = running();
    const caseId = await placed();
    const goesTo = (name: string): Told => ['OfficerAssigned', { unit: 'dishub', offer: 1, officer: name }];
    const events = stream('resolution', caseId, [...workOf({}), goesTo('dishub.other'), goesTo('dishub.officer')]);
    await publish('resolution', events.slice(3, 4));
    await hears(caseId, { resolution: 4 });
    const told: string[] = [];
    services.resolution.answers(({ claims }) => {
      told.push(claims.repeatOnly === true ? 'repeat' : 'first');
      return { status: 200, body: { caseId, version: 0, context: 'resolution' } };
    });
    const files = gateway.app.get(CaseFiles, { strict: false });
    const find = files.find.bind(files);
    const [slow, reached] = [gate(), gate()];
    jest.spyOn(files, 'find').mockImplementationOnce(async (id) => {
      reached.resolve();
      await slow.promise;
      return find(id);
    });
    const key = { 'idempotency-key': 'slow' };
    const earlier = post(`/cases/${caseId}/accept`, await officer(), {}, key);
    await reached.promise;
    const later = post(`/cases/${caseId}/accept`, await officer(), {}, key);
    await new Promise((resolve) => setTimeout(resolve, 500)); // long enough for it to be refused too early
    expect(told).toEqual([]);
    await publish('resolution', events.slice(4));
    await hears(caseId, { resolution: 5 });
    slow.resolve();
    expect([(await earlier).status, (await later).status, told]).toEqual([200, 200, ['first', 'repeat']]);
  });

  it('to open personal data is never answered from an earlier right', async () => {
    const { post, services } = running();
    const caseId = await placed();
    const other = await running().staff('dlh.officer', 'dlh', 'agency_officer');
    const asked = services.intake.asked.length;
    const reply = await post(`/cases/${caseId}/disclose`, other, { purpose: 'verify' }, { 'idempotency-key': 'k' });
    expect(reply.status).toBe(403);
    expect(services.intake.asked).toHaveLength(asked);
  });

  it('to link a case to one that the person may not read is refused', async () => {
    const { post } = running();
    const [caseId, leader] = [await placed(), await placed({ reportedUnit: 'dishub' })];
    const reply = await post(`/cases/${caseId}/link-duplicate`, await officer(), { leader });
    expect(codeOf(reply)).toEqual([403, 'UNIT_IS_REPORTED']);
  });
});

describe('a program', () => {
  it('acts for the unit that answers for the case', async () => {
    const { post, program, services } = running();
    const caseId = await placed();
    resolutionAppends(['CaseAccepted']);
    expect((await post(`/cases/${caseId}/accept`, await program('import'))).status).toBe(200);
    expect(services.resolution.last().claims.actor).toEqual({ kind: 'program', id: 'import', unit: 'dishub' });
  });

  it('has no right beyond its list', async () => {
    const { post, program } = running();
    const reply = await post(`/cases/${await placed()}/ask`, await program('import'), { items: ['KK'], words: 'x' });
    expect(codeOf(reply)).toEqual([403, 'RIGHT_MISSING']);
  });
});

describe('filing at a desk', () => {
  const clerk = () => running().staff('posong.officer', 'desa-posong', 'village_officer');
  const body = { submission: { standard: 'DS-02' } };
  const key = { 'idempotency-key': 'slip-1' };

  it('is answered with case id and number when the case file has it', async () => {
    const { post, services, publish } = running();
    const caseId = madeId('filed', 1);
    services.intake.answers(async () => {
      await publish('intake', stream('intake', caseId, [['CaseSubmitted', { number: 'BBBB00001' }]]));
      return { status: 201, body: { caseId, number: 'BBBB00001', version: 1, context: 'intake' } };
    });
    const reply = await post('/cases', await clerk(), body, key);
    expect([reply.status, reply.headers.get('location')]).toEqual([201, `/cases/${caseId}`]);
    expect(reply.json).toMatchObject({ caseId, number: 'BBBB00001' });
    const { path, claims, body: sent, headers } = services.intake.last();
    expect([path, claims.verb, claims.caseId]).toEqual(['/internal/cases', 'case.file', undefined]);
    expect([sent, headers['idempotency-key']]).toEqual([body, 'slip-1']);
  });

  it('needs an Idempotency-Key', async () => {
    expect(codeOf(await running().post('/cases', await clerk(), body))).toEqual([400, 'IDEMPOTENCY_KEY_MISSING']);
  });

  it('is not for an auditor', async () => {
    const { post, staff } = running();
    expect(codeOf(await post('/cases', await staff('a', 'tpkp2', 'auditor'), body, key))).toEqual([
      403,
      'RIGHT_MISSING',
    ]);
  });
});

it('every context has a command here, so that each service’s path was tried', () => {
  const contexts = new Set<Context>(Object.values(staffCommands).map(({ context }) => context));
  expect([...contexts].sort()).toEqual(['intake', 'resolution', 'routing']);
});
