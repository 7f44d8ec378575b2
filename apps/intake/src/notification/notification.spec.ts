import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { IntakeData } from '@garda/contracts';
import { projectionSpec, withFolder } from '@garda/testing';
import { withIntake } from '../../test/harness';
import { lamp, submit } from '../../test/submissions';
import { FileChannel } from './message-channel';
import { noticesProjection } from './notices.projection';

const intake = withIntake();
const told = async (caseId: string) =>
  (await intake().events(caseId))
    .filter((e) => e.type === 'CitizenNotified')
    .map((e) => e.data as IntakeData<'CitizenNotified'>);
const accepted = (caseId: string) =>
  intake().resolution.write(caseId, 'CaseAccepted', { unit: 'dishub', officer: 'dishub.officer' });

describe('the notifier', () => {
  it('tells whoever left a phone: number and that there is news, nothing else, and records it once', async () => {
    const { caseId, number } = await submit(intake(), lamp);
    const ref = await accepted(caseId);
    await intake().until(async () => (await told(caseId)).length === 1);
    expect(await told(caseId)).toEqual([{ caseId, about: ref, channel: 'file', ok: true }]);
    expect(intake().channel.sent.filter(({ text }) => text.includes(number))).toEqual([
      { id: expect.any(String) as string, to: '081234567890', text: `${number}: ada kabar baru. There is news.` },
    ]);
  });

  it('leaves whoever gave no address to the page', async () => {
    const { caseId, number } = await submit(intake(), { ...lamp, person: { name: 'Siti' } });
    await accepted(caseId);
    const other = await submit(intake(), lamp);
    await accepted(other.caseId);
    await intake().until(async () => (await told(other.caseId)).length === 1);
    expect(await told(caseId)).toEqual([]);
    expect(intake().channel.sent.some(({ text }) => text.includes(number))).toBe(false);
  });

  it('records what the channel refuses, once; the page then tells', async () => {
    const { caseId, number, trackingCode } = await submit(intake(), lamp);
    intake().channel.state = 'refuses';
    const ref = await accepted(caseId);
    await intake().until(async () => (await told(caseId)).length === 1);
    intake().channel.state = 'well';
    const later = await submit(intake(), lamp);
    await accepted(later.caseId);
    await intake().until(async () => (await told(later.caseId)).length === 1);
    expect(await told(caseId)).toEqual([{ caseId, about: ref, channel: 'file', ok: false }]);
    await intake().get(`/cases/${number}`, { 'tracking-code': trackingCode });
    expect((await told(caseId)).at(-1)).toEqual({ caseId, about: ref, channel: 'page', ok: true });
  });
});

describe('the file channel', () => {
  const home = withFolder('channel');
  it('leaves one line a message, for the service alone to read', async () => {
    const folder = join(home(), 'outbox');
    const channel = new FileChannel(folder);
    await channel.send({ id: '1', to: '0812', text: 'K7: ada kabar' });
    await channel.send({ id: '2', to: 'a@b.id', text: 'M2: ada kabar' });
    const file = join(folder, 'messages.jsonl');
    expect(readFileSync(file, 'utf8')).toBe(
      '{"to":"0812","text":"K7: ada kabar"}\n{"to":"a@b.id","text":"M2: ada kabar"}\n',
    );
    expect([statSync(file).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700]);
  });
});

describe('what is left to tell', () => {
  const caseId = '00000000-0000-7000-8000-000000000001';
  const refs = [
    '00000000-0000-4000-8000-00000000000a',
    '00000000-0000-4000-8000-00000000000b',
    '00000000-0000-4000-8000-00000000000c',
  ] as const;
  const submitted = (tellBy: string) => ({ type: 'CaseSubmitted', data: { caseId, tellBy } });
  const news = (ref: string) => ({ type: 'CaseProgressNoted', data: { caseId, ref } });
  const tried = (about: string, channel: string, ok: boolean) => ({
    type: 'CitizenNotified',
    data: { caseId, about, channel, ok },
  });
  const shows = `select about, settled from read.notices where case_id = '${caseId}' order by position`;

  it.each([1, 2, 100])('is unsettled news of people with an address, redelivered in batches of %d', (size) =>
    projectionSpec(intake().database.pool)
      .given(
        submitted('http'),
        news(refs[0]),
        tried(refs[0], 'http', false),
        news(refs[1]),
        tried(refs[1], 'page', true),
        news(refs[2]),
      )
      .project(noticesProjection('open'))
      .inBatchesOf(size)
      .twice()
      .shows(shows, [
        { about: refs[0], settled: true },
        { about: refs[1], settled: true },
        { about: refs[2], settled: false },
      ]),
  );

  it('is nothing for people who come back by the page', () =>
    projectionSpec(intake().database.pool)
      .given(submitted('page'), news(refs[0]))
      .project(noticesProjection('open'))
      .twice()
      .shows(shows, []));
});
