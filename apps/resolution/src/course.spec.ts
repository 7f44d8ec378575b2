import type { ResolutionData } from '@garda/contracts';
import { newSubjectKeys, open } from '@garda/personal-data';
import { staff, withResolution } from '../test/harness';
import { caseOf } from '../test/known-case';

const resolution = withResolution();
const officer = staff('diskominfo.officer', 'diskominfo');
const head = staff('diskominfo.head', 'diskominfo');
const quality = staff('upkp2.officer', 'upkp2');
const working = ['CaseKnown', 'WorkReceived', 'OfficerAssigned', 'CaseAccepted'];
const secret = 'The archive of 1998 has to be fetched.';
const send = (...args: Parameters<ReturnType<typeof resolution>['command']>) => resolution().command(...args);

async function request() {
  const made = await caseOf(resolution(), 'UM-04', 'diskominfo');
  await made.enter();
  await resolution().shows(made.caseId, 'CaseKnown', 'WorkReceived');
  for (const name of ['take', 'accept'] as const) await send(name, made.caseId, officer);
  return made;
}

it('a request takes longer, once, by what its standard allows, and the reason is sealed to the citizen', async () => {
  const { caseId, keys } = await request();
  const extend = () => send('extend-time', caseId, head, { reason: 'much_material', words: secret });
  expect(await extend()).toMatchObject({ status: 200 });
  expect((await extend()).body['code']).toBe('TIME_EXTENDED');
  expect((await send('take-first-step', caseId, officer)).body['code']).toBe('NO_FIRST_STEP');
  const extended = (await resolution().shows(caseId, ...working, 'TimeExtended')).at(-1);
  const { words, ...data } = extended?.data as ResolutionData<'TimeExtended'>;
  expect(data).toEqual({ caseId, unit: 'diskominfo', stage: 0, time: '7wd', reason: 'much_material' });
  expect(JSON.stringify(words)).not.toContain('1998');
  if (extended === undefined || words === undefined) throw new Error('the words are not sealed');
  const place = { caseId, eventId: extended.eventId };
  expect(await open(place, words, keys.privateKey)).toEqual({ words: secret });
});

it('an officer who is a party loses the case and does not get it again', async () => {
  const { caseId } = await request();
  expect(await send('declare-party', caseId, officer)).toMatchObject({ status: 200 });
  expect(await send('take', caseId, officer)).toMatchObject({ status: 403, body: { code: 'OFFICER_IS_PARTY' } });
  expect(await send('take', caseId, staff('other', 'diskominfo'))).toMatchObject({ status: 200 });
  await resolution().shows(caseId, ...working, 'PartyDeclared', 'OfficerAssigned');
});

it('what the reported unit says is sealed to the person it is about, and to nobody else', async () => {
  const [person, made] = [await newSubjectKeys(), await caseOf(resolution(), 'PU-01', 'dpupr')];
  const { caseId, keys } = made;
  const { subject, publicKey } = person;
  const sealTo = [
    { subject: keys.subject, publicKey: keys.publicKey },
    { subject, publicKey },
  ];
  await made.enter({ reportedUnit: 'kec-33.25.10', sealTo });
  await resolution().shows(caseId, 'CaseKnown', 'WorkReceived');
  for (const name of ['take', 'accept'] as const) await send(name, caseId, staff('dpupr.officer', 'dpupr'));
  const hear = (actor: typeof quality, about?: string) =>
    send('hear-unit', caseId, actor, { words: 'He was at a funeral.', ...(about === undefined ? {} : { about }) });
  expect((await hear(staff('x', 'kec-33.25.10'), subject)).body['code']).toBe('UNIT_JUDGES_ITSELF');
  expect((await hear(quality, caseId)).body['code']).toBe('SUBJECT_UNKNOWN');
  expect(await hear(quality, subject)).toMatchObject({ status: 200 });
  const heard = (await resolution().shows(caseId, ...working, 'ReportedUnitHeard')).at(-1);
  const { words } = heard?.data as ResolutionData<'ReportedUnitHeard'>;
  if (heard === undefined || words === undefined) throw new Error('the words are not sealed');
  expect(words.subject).toBe(subject);
  const place = { caseId, eventId: heard.eventId };
  expect(await open(place, words, person.privateKey)).toEqual({ words: 'He was at a funeral.' });
});
