import { madeId } from '@garda/testing';
import { stream, type Told } from '../../test/facts';
import { withGateway } from '../../test/harness';

const running = withGateway();
const at = '2026-03-03T02:15:00.000Z';
const terms = {
  ...{ standard: 'DS-02', standardVersion: 1, kind: 'request', publicity: 'count', owner: 'x', requirements: [] },
  stages: [{ tier: 'village', kind: 'condition', time: '1wd' }],
  ...{ answerWithin: '10wd', disputeWithin: '10wd', calendar: 'batang-2026-2027.1', policy: 1 },
};

interface Item {
  readonly number: string;
  readonly tasks: readonly { what: string; unit: string; since: string; words: { id: string; en: string } }[];
}
const inbox = async (as: Promise<string>, query = ''): Promise<readonly Item[]> =>
  (await running().get(`/inbox${query}`, await as)).json['items'] as unknown as readonly Item[];
const file = async (caseId: string, as: Promise<string>) =>
  (await running().get(`/cases/${caseId}`, await as)).json as unknown as Item;

const clerk = () => running().staff('c', 'desa-posong', 'village_officer');
const registry = () => running().staff('r', 'dishub', 'agency_officer');
const districtHead = () => running().staff('h', 'kec-tulis', 'district_head');
const quality = () => running().staff('q', 'upkp2', 'quality_unit');

/** Filed at the desk of a village by somebody without a phone, and with an agency by now. */
async function filed(n: number, number: string, more: { reportedUnit?: string; news?: readonly Told[] } = {}) {
  const { news = [], ...flags } = more;
  const caseId = madeId('tasks', n);
  const submitted = {
    ...{ terms, receivedAt: '2026-03-02T02:15:00Z', filedBy: { by: 'desk', unit: 'desa-posong', officer: 'c' } },
    ...{ identity: 'named', tellBy: 'page', ...flags },
  };
  const { publish, hears } = running();
  await publish('intake', stream('intake', caseId, [['CaseSubmitted', { ...submitted, number }], ...news]));
  const routed: Told[] = [
    ['CaseEntered', submitted],
    ['CaseRouted', { unit: 'dishub', offer: 1, stage: 0 }],
  ];
  await publish('routing', stream('routing', caseId, routed));
  const worked: Told[] = [
    ['CaseKnown', submitted],
    ['WorkReceived', { unit: 'dishub', offer: 1 }],
    ['CaseResolved', { unit: 'dishub', outcome: 'granted' }],
  ];
  await publish('resolution', stream('resolution', caseId, worked));
  await hears(caseId, { intake: 1 + news.length, routing: 2, resolution: 3 });
  return caseId;
}
const ref = madeId('tasks', 900);
const news: Told = ['CaseProgressNoted', { ref, state: 'decided', fact: 'CaseResolved', at }];
const told: Told = ['CitizenNotified', { about: ref, channel: 'desk', ok: true }];
const task = {
  ...{ what: 'tell_citizen', unit: 'desa-posong', since: at },
  words: { id: expect.any(String) as string, en: expect.stringContaining('tell-citizen') as string },
};

describe('a task for a desk that has not got the case', () => {
  it('is in its inbox and in the file, though the case is decided, until it is done', async () => {
    const caseId = await filed(1, 'BBBB00001', { news: [news] });
    for (const who of [clerk, districtHead])
      expect(await inbox(who())).toMatchObject([{ number: 'BBBB00001', tasks: [task] }]);
    expect(await inbox(clerk(), '?tasks=true')).toHaveLength(1);
    expect(await inbox(clerk(), '?status=closed')).toEqual([]);
    expect((await file(caseId, quality())).tasks).toEqual([task]);
    const { publish, hears } = running();
    await publish('intake', stream('intake', caseId, [['CaseSubmitted'], news, told]).slice(2));
    await hears(caseId, { intake: 3, routing: 2, resolution: 3 });
    expect(await inbox(clerk())).toEqual([]);
    expect((await file(caseId, quality())).tasks).toEqual([]);
  });

  it('is no business of others, nor of a desk that is reported', async () => {
    await filed(2, 'BBBB00002', { news: [news] });
    await filed(3, 'BBBB00003', { news: [news], reportedUnit: 'desa-posong' });
    expect(await inbox(registry(), '?tasks=true')).toEqual([]);
    expect(await inbox(quality(), '?tasks=true')).toEqual([]);
    expect((await inbox(clerk())).map(({ number }) => number)).toEqual(['BBBB00002']);
  });
});
