import { withIntake } from '../../test/harness';
import { residence, submit } from '../../test/submissions';

const intake = withIntake();
const village = 'desa-33.25.10.2007';

interface Step {
  readonly what: string;
  readonly words: string;
  readonly at: string;
  readonly daysOff?: readonly { readonly date: string; readonly words: string }[];
}

it('whoever has the code learns why his case is due when it is, in his language', async () => {
  const { caseId, number, trackingCode, dueAt: promised } = await submit(intake(), { ...residence });
  const { resolution, get, until } = intake();
  const read = async (language: string) => {
    const headers = { 'tracking-code': trackingCode, 'accept-language': language };
    return (await get(`/cases/${number}/deadline`, headers)).json;
  };
  await resolution.write(caseId, 'TimeExtended', { unit: village, stage: 0, time: '7wd', reason: 'search' });
  await until(async () => (await read('en'))['dueAt'] !== promised);
  const told = (await intake().events(caseId)).length;
  const [english, indonesian] = [await read('en'), await read('id')];
  const page = (await get(`/cases/${number}`, { 'tracking-code': trackingCode })).json;
  expect(english).toMatchObject({ dueAt: page['dueAt'], provisional: false, calendar: expect.any(String) });
  const [steps, langkah] = [english, indonesian].map((json) => json['steps'] as unknown as readonly Step[]);
  expect(steps?.map(({ words }) => words)).toEqual([
    'Received',
    '1 working day (stage 1)',
    '7 working days (extension)',
  ]);
  expect(langkah?.map(({ words }) => words)).toEqual([
    ...['Diterima', '1 hari kerja (tahap 1)', '7 hari kerja (perpanjangan)'],
  ]);
  expect(steps?.at(-1)).toMatchObject({ at: page['dueAt'] });
  expect(steps?.flatMap(({ daysOff = [] }) => daysOff.map(({ words }) => words))).toContain('Weekend');
  expect(langkah?.flatMap(({ daysOff = [] }) => daysOff.map(({ words }) => words))).toContain('Akhir pekan');
  // Asking why is no news: reading it told him nothing.
  expect((await intake().events(caseId)).slice(0, told).map(({ type }) => type)).not.toContain('CitizenNotified');
});

it('nobody gets it without the code', async () => {
  const { number } = await submit(intake(), { ...residence });
  const refused = await intake().get(`/cases/${number}/deadline`);
  expect([refused.status, refused.json['code']]).toEqual([403, 'TRACKING_CODE_WRONG']);
});
