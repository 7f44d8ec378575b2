import { withGateway } from '../../test/harness';

const running = withGateway();

describe('books of slips', () => {
  const order = { unit: 'kec-tulis', count: 5 };

  it('are asked of intake, in the name of who asks, with the verb that he has', async () => {
    const { post, services, staff } = running();
    const camat = await staff('tulis.head', 'kec-tulis', 'district_head');
    services.intake.answers(() => ({ status: 201, body: { book: 'b', numbers: [], printAt: '/print/x' } }));
    const reply = await post('/slip-books', camat, order, { 'idempotency-key': 'a' });
    expect([reply.status, reply.json]).toEqual([201, { book: 'b', numbers: [], printAt: '/print/x' }]);
    expect(services.intake.asked.at(-1)).toMatchObject({
      path: '/internal/slip-books',
      claims: { verb: 'slips.issue', actor: { kind: 'staff', id: 'tulis.head', unit: 'kec-tulis' } },
    });
    const book = '0197a0c4-7c1e-7d53-8f2a-1b2c3d4e5f61';
    await post(
      `/slip-books/${book}/revocations`,
      camat,
      { number: '012345678', reason: 'lost' },
      { 'idempotency-key': 'b' },
    );
    expect(services.intake.asked.at(-1)).toMatchObject({
      path: `/internal/slip-books/${book}/revocations`,
      claims: { verb: 'slips.revoke' },
    });
  });

  it('are not for officers', async () => {
    const { post, services, staff } = running();
    const asked = services.intake.asked.length;
    const officer = await staff('dishub.officer', 'dishub', 'agency_officer');
    expect((await post('/slip-books', officer, order, { 'idempotency-key': 'c' })).status).toBe(403);
    expect(services.intake.asked).toHaveLength(asked);
  });
});
