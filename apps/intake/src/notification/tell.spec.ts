import type { IntakeData } from '@garda/contracts';
import { program, staff, village, withIntake } from '../../test/harness';
import { resolutionSays } from '../../test/resolution-says';
import { residence } from '../../test/submissions';

const intake = withIntake();
const told = async (caseId: string) =>
  (await intake().events(caseId))
    .filter((e) => e.type === 'CitizenNotified')
    .map((e) => ({ ...(e.data as IntakeData<'CitizenNotified'>), by: e.meta.actor }));
const tell = (caseId: string, body: object = {}, actor = village) =>
  intake().internal(`/internal/cases/${caseId}/tell-citizen`, { actor, verb: 'citizen.tell', caseId }, body);

/** Filed at the desk of the village by somebody without a phone. */
async function filed(): Promise<string> {
  const reply = await intake().internal(
    '/internal/cases',
    { actor: village, verb: 'case.file' },
    { submission: residence },
  );
  return reply.json['caseId'] as unknown as string;
}

describe('a desk that tells the citizen', () => {
  it('is recorded by its own name, once for each piece of news, and no message is sent', async () => {
    const caseId = await filed();
    const unit = 'desa-33.25.10.2004';
    const first = await resolutionSays(intake(), caseId, 'CaseAccepted', { unit, officer: 'kaliboyo.officer' });
    const second = await resolutionSays(intake(), caseId, 'CaseResolved', { unit, outcome: 'granted' });
    expect(await tell(caseId, { about: second })).toMatchObject({ status: 200, json: { context: 'intake' } });
    expect((await tell(caseId)).status).toBe(200);
    const by = village;
    expect(await told(caseId)).toEqual([
      { caseId, about: second, channel: 'desk', ok: true, by },
      { caseId, about: first, channel: 'desk', ok: true, by },
    ]);
    expect((await tell(caseId)).json['code']).toBe('NOTHING_TO_TELL');
    expect(intake().channel.sent).toEqual([]);
  });

  it('is a person, and one who may', async () => {
    const caseId = await filed();
    await resolutionSays(intake(), caseId, 'CaseAccepted', { unit: 'desa-33.25.10.2004', officer: 'kaliboyo.officer' });
    expect((await tell(caseId, {}, program('import'))).json['code']).toBe('NOT_RESPONSIBLE');
    const wrong = { actor: staff('kaliboyo.officer', 'desa-33.25.10.2004'), verb: 'case.read', caseId };
    const reply = await intake().internal(`/internal/cases/${caseId}/tell-citizen`, wrong, {});
    expect(reply.json['code']).toBe('TOKEN_NOT_FOR_THIS');
    expect((await tell(caseId, { about: 'everything' })).status).toBe(400);
  });
});
