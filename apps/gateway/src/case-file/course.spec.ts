import { madeId } from '@garda/testing';
import { stream } from '../../test/facts';
import { withGateway } from '../../test/harness';

const running = withGateway();

it('the case file says what happened on the way and how much longer it takes, and names no party', async () => {
  const caseId = madeId('course', 1);
  const { publish, hears, get, staff } = running();
  await publish('intake', stream('intake', caseId, [['CaseSubmitted']]));
  const routing = [['CaseEntered'], ['CaseRouted', { unit: 'dishub', offer: 1, stage: 0 }]] as const;
  const extension = ['TimeExtensionNoted', { kind: 'extension', stage: 0, time: '7wd' }] as const;
  await publish('routing', stream('routing', caseId, [...routing, extension]));
  const facts = [
    ['CaseKnown', {}],
    ['WorkReceived', { unit: 'dishub', offer: 1 }],
    ['PartyDeclared', { unit: 'dishub', officer: 'dishub.secretive', offer: 1 }],
    ['TimeExtended', { unit: 'dishub', stage: 0, time: '7wd' }],
    ['SupervisionFound', { unit: 'upkp2', stage: 0, time: '60wd' }],
  ] as const;
  await publish('resolution', stream('resolution', caseId, facts));
  await hears(caseId, { intake: 1, routing: 3, resolution: facts.length });
  const { json, text } = await get(`/cases/${caseId}`, await staff('dishub.head', 'dishub', 'agency_head'));
  expect(json).toMatchObject({
    course: { parties: 1, extended: { time: '7wd' }, supervision: { unit: 'upkp2', time: '60wd' } },
    // Six working days from Monday 2 March, and seven more.
    dueAt: '2026-03-19T09:00:00.000Z',
  });
  expect(text).not.toContain('secretive');
});

it('the case file says who has a product, to him too, and what its number should have been', async () => {
  const caseId = madeId('course', 2);
  const { publish, hears, get, staff } = running();
  await publish('intake', stream('intake', caseId, [['CaseSubmitted'], ['EvidenceAttached', { size: 1000 }]]));
  await publish('routing', stream('routing', caseId, [['CaseEntered'], ['CaseRouted', { unit: 'dishub', offer: 1 }]]));
  const before = [
    ['CaseKnown', {}],
    ['WorkReceived', { unit: 'dishub', offer: 1 }],
    ['ProductIssued', { unit: 'dishub', partial: false, number: '1/2025' }],
  ] as const;
  const issued = stream('resolution', caseId, before).at(-1)?.eventId ?? '';
  const facts = [
    ...before,
    ['ProductSent', { unit: 'dishub', issued, to: 'kec-tulis' }],
    ['RecordCorrected', { unit: 'dishub', supersedes: issued, number: '1/2026' }],
  ] as const;
  await publish('resolution', stream('resolution', caseId, facts));
  await hears(caseId, { intake: 2, routing: 2, resolution: facts.length });
  const { json, status } = await get(
    `/cases/${caseId}`,
    await staff('kec-tulis.counter', 'kec-tulis', 'district_counter'),
  );
  expect(status).toBe(200);
  expect(json).toMatchObject({
    products: [{ ref: issued, number: '1/2025', correctedNumber: '1/2026', state: 'sent', holder: 'kec-tulis' }],
    records: [{ ref: issued, correctedBy: expect.any(String) }, { type: 'RecordCorrected' }],
    evidence: [{ size: 1000 }],
  });
});
