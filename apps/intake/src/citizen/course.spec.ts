import { withIntake } from '../../test/harness';
import { residence, submit } from '../../test/submissions';

const intake = withIntake();
const village = 'desa-33.25.10.2007';

it('the page says that it takes longer, why, and until when; and that another officer will take it', async () => {
  const { caseId, number, trackingCode } = await submit(intake(), { ...residence });
  const { resolution, get } = intake();
  const page = async () => (await get(`/cases/${number}`, { 'tracking-code': trackingCode })).json;
  const before = String((await page())['dueAt']);
  await resolution.write(caseId, 'OfficerAssigned', { offer: 1, unit: village, officer: 'tulis.officer', by: 'taken' });
  await resolution.write(caseId, 'PartyDeclared', { unit: village, officer: 'tulis.officer', offer: 1 });
  await resolution.write(caseId, 'TimeExtended', { unit: village, stage: 0, time: '7wd', reason: 'search' });
  await intake().until(async () => String((await page())['dueAt']) > before);
  const found = (await page())['timeline'] as unknown as readonly object[];
  expect(found.slice(-2)).toMatchObject([
    { what: 'PartyDeclared', words: 'The officer stepped back; another one will take it' },
    { what: 'TimeExtended', words: 'It takes longer' },
  ]);
});
