import { randomUUID } from 'node:crypto';
import { staff, withRouting } from '../test/harness';
import { submitted } from '../test/submitted';

const routing = withRouting();
const entered = ['CaseEntered', 'CaseRouted'];

async function road(): Promise<string> {
  const caseId = randomUUID();
  await routing().intake.write(caseId, 'CaseSubmitted', submitted('PU-01'));
  return caseId;
}

describe('a unit that ends', () => {
  it('has its open cases passed to the successor, each once; what comes later and what is resumed goes there too', async () => {
    const cases = [await road(), await road(), await road()];
    const [first = '', second = '', third = ''] = cases;
    for (const caseId of cases) await routing().shows(caseId, ...entered);
    await routing().command('acknowledge', second, staff('dpupr.officer', 'dpupr'));
    const settled = { outcome: 'remedied', unit: 'dpupr' };
    await routing().resolution.write(third, 'CaseResolved', settled);
    await routing().shows(third, ...entered, 'WorkSettled');

    const ending = { unit: 'dpupr', successor: 'dprkp', on: '2026-03-02' };
    await routing().intake.publish([{ stream: 'unit-dpupr', type: 'UnitEnded', data: ending }]);
    const passed = await routing().shows(first, ...entered, 'CaseTransferred');
    expect(passed.at(-1)).toMatchObject({
      data: { from: 'dpupr', unit: 'dprkp', offer: 2, stage: 0, reason: 'unit_ended' },
      meta: { actor: { kind: 'system', id: 'routing-succession' } },
    });
    await routing().shows(second, ...entered, 'HandOverAcknowledged', 'CaseTransferred');

    await routing().resolution.write(third, 'CaseReopened', { reason: 'answered' });
    const resumed = await routing().shows(third, ...entered, 'WorkSettled', 'CaseResumed');
    expect(resumed.at(-1)?.data).toMatchObject({ unit: 'dprkp' });

    const late = await road();
    const [, routed] = await routing().shows(late, ...entered);
    expect(routed?.data).toMatchObject({ unit: 'dprkp' });
    // However often it was looked for since, each went once.
    await routing().shows(first, ...entered, 'CaseTransferred');
    await routing().shows(second, ...entered, 'HandOverAcknowledged', 'CaseTransferred');
  }, 60_000);
});
