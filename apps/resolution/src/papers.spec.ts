import { staff, withResolution } from '../test/harness';
import { caseOf } from '../test/known-case';

const resolution = withResolution();
const village = 'desa-33.25.10.2007';
const district = 'kec-33.25.10';
const clerk = staff('tulis.officer', village);
const counter = staff('kec-tulis.counter', district);
const papers = ['KK lama', 'F-1.02'];

const entered = ['CaseKnown', 'DocumentsReceived', 'WorkReceived', 'OfficerAssigned'];

/** A family card handed in at the village with two papers. */
async function handedIn() {
  const filedBy = { by: 'desk' as const, unit: village, officer: clerk.kind === 'staff' ? clerk.id : '' };
  const made = await caseOf(resolution(), 'DK-01', village, { filedBy, entry: 'village', papers });
  await made.enter();
  await resolution().shows(made.caseId, ...entered);
  return made;
}

it('papers handed in at a village are carried to the district; one is missing, and the work goes on', async () => {
  const { caseId, terms } = await handedIn();
  const deed = async (...[name, actor, body]: [Parameters<typeof send>[0], typeof clerk, object?]) =>
    expect(await send(name, caseId, actor, body)).toMatchObject({ status: 200 });
  const refused = async (...[name, actor, body]: [Parameters<typeof send>[0], typeof clerk, object?]) =>
    (await send(name, caseId, actor, body)).body['code'];

  await deed('hand-over-papers', clerk, { items: papers, to: district, carrier: 'tulis.runner' });
  expect(await refused('return-papers', clerk, { items: ['KK lama'], receipt: 'TT-1' })).toBe('PAPERS_NOT_HELD');
  await resolution().routing.write(caseId, 'StageHandedOver', {
    ...{ from: village, unit: district, offer: 2, stage: 1, terms: terms.stages[1] },
  });
  await resolution().shows(caseId, ...entered, 'DocumentsHandedOver', 'WorkReceived');
  await deed('take', counter);
  expect(await refused('accept', counter)).toBe('PAPERS_ON_THE_WAY');
  expect(await refused('acknowledge-papers', counter, { items: papers, missing: ['F-1.02'] })).toBe('BAD_REQUEST');
  await deed('acknowledge-papers', counter, { items: ['KK lama'], missing: ['F-1.02'] });
  await deed('accept', counter);
  await deed('lose-papers', clerk, { items: ['F-1.02'] });

  const { rows } = await resolution().database.pool.query('select state from read.case_state where case_id = $1', [
    caseId,
  ]);
  expect(rows).toMatchObject([
    {
      state: {
        status: 'working',
        papers: [
          { item: 'KK lama', state: 'held', unit: district },
          { item: 'F-1.02', state: 'lost', unit: village },
        ],
      },
    },
  ]);
}, 40_000);

it('missing papers are told of to the sender’s head by the clock, and fetched ones let the case close', async () => {
  const { caseId } = await handedIn();
  await send('hand-over-papers', caseId, clerk, { items: papers, to: district, carrier: 'tulis.runner' });
  await send('acknowledge-papers', caseId, counter, { items: ['KK lama'], missing: ['F-1.02'] });
  await resolution().intake.write(caseId, 'CaseWithdrawn', { sealed: [] });
  const away = [...entered, 'DocumentsHandedOver', 'DocumentsAcknowledged', 'WithdrawalReceived'];
  await resolution().shows(caseId, ...away);
  await resolution().operate('POST', 'clock', 'clock.move', { to: '2026-03-04T09:00:00.000Z' });
  const told = await resolution().shows(caseId, ...away, 'ReminderDue');
  expect(told.at(-1)?.data).toMatchObject({ rung: 'papers_missing', to: [village] });
  await send('lose-papers', caseId, clerk, { items: ['F-1.02'] });
  await send('return-papers', caseId, counter, { items: ['KK lama'], receipt: 'TT-2026-031' });
  await resolution().shows(caseId, ...away, 'ReminderDue', 'DocumentsLost', 'DocumentsReturned', 'CaseClosed');
}, 40_000);

const send = (...args: Parameters<ReturnType<typeof resolution>['command']>) => resolution().command(...args);
