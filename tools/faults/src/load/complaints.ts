import type { Random } from '../random';
import { citizen, type Act, type Opening } from './cases';
import type { Command } from './told';

/** Staff of the demo who work on what citizens hand in here, by the standard. */
const unitOf = { 'HB-01': 'dishub', 'PU-01': 'dpupr', 'LH-01': 'dlh' } as const;
type Standard = keyof typeof unitOf;
export const complaintStaff: readonly string[] = [
  ...Object.values(unitOf).flatMap((unit) => [`${unit}.officer`, `${unit}.head`]),
  'dpupr.second',
  'upkp2.officer',
];

const attributes: Record<Standard, object> = {
  'HB-01': { road_class: 'regency', since: '3 malam' },
  'PU-01': { road_class: 'regency', danger: 'yes' },
  'LH-01': { kind_of_place: 'market' },
};
const places = ['33.25.10.2007', '33.25.10.2004'];

/** A report about a place, from nobody in particular: no personal data is in it. */
export function complaint(random: Random): Opening {
  const standard = random.pick(Object.keys(unitOf) as Standard[]);
  const body = {
    standard,
    identity: 'none',
    content: 'public',
    description: `Laporan ${random.between(1, 1_000_000)}`,
    objectPlace: { areaCode: random.pick(places), lat: -6.95 - random.next() / 50, long: 109.8 + random.next() / 50 },
    attributes: attributes[standard],
  };
  const unit = unitOf[standard];
  return { command: submission(random, body), officer: `${unit}.officer`, story: storyOf(unit, random) };
}

/** What anybody hands in over HTTP. */
export function submission(random: Random, body: object): Command {
  const key = random.uuid();
  return {
    ...{ kind: 'submit', context: 'intake', principal: 'citizen', route: 'POST /cases', key },
    ...{ target: 'intake', path: '/cases', headers: { 'idempotency-key': key }, body, answers: [], silentBusy: 0 },
  };
}

const elsewhere: Readonly<Record<string, string>> = { dishub: 'dpupr', dpupr: 'dlh', dlh: 'dishub' };

/** What happens to a complaint at its unit. What is refused on the way is left out, and the story goes on. */
function storyOf(unit: string, random: Random): Opening['story'] {
  const officer = (name: string, body?: object): Act => ({ by: `${unit}.officer`, name, ...(body && { body }) });
  const head = (name: string, body?: object): Act => ({ by: `${unit}.head`, name, ...(body && { body }) });
  const his = (name: string, body?: object): Act => ({ by: citizen, name, ...(body && { body }) });
  const progress = (): Act => officer('progress', { code: random.pick(['planned', 'asked_outside']) });
  const news = (): Act => officer('publish-summary', { text: `Kabar ${random.between(1, 1_000_000)}.` });
  const resolve = officer('resolve', { outcome: 'remedied' });
  const rate = (): Act => his('rating', { stars: random.between(1, 5), satisfied: random.next() < 0.5 });
  const object = his('dispute', { reason: 'Lampu masih padam.' });
  const judged = random.pick([{ result: 'upheld' }, { result: 'dismissed', remedies: ['x-ombudsman'] }]);
  const judge: Act = { by: 'upkp2.officer', name: 'decide-dispute', body: { ...judged, words: 'Sudah diperiksa.' } };
  const to = elsewhere[unit];
  const paid = his('payments', {
    ...{ amount: random.between(1, 100) * 1000, to: 'agency', forWhat: 'faster', paidOn: '2026-01-05', receipt: false },
  });
  return random.pick<Opening['story']>([
    [[officer('take')], [officer('accept')], [progress(), news()], [progress(), progress()], [resolve]],
    [[officer('take')], [officer('accept'), paid], [resolve], [rate()]],
    [[officer('take')], [officer('accept'), news()], [progress(), progress(), news()]],
    [[officer('acknowledge')], [officer('take')], [officer('accept'), his('withdrawal')]],
    [[his('withdrawal')]],
    [
      [officer('acknowledge'), officer('take')],
      [officer('accept'), paid],
      [news(), news()],
    ],
    [[officer('take')], [officer('accept')], [resolve], [object], [judge], [head('take')]],
    [[officer('take')], [officer('transfer', { to, reason: 'other_task' })], [{ by: `${to}.officer`, name: 'take' }]],
    [[officer('take')], [officer('return', { reason: 'not_ours' }), his('answers', { text: 'Di dekat balai desa.' })]],
    [
      [officer('take')],
      [officer('accept')],
      [officer('ask', { items: ['foto'], words: 'Di mana?' })],
      [officer('withdraw-question')],
      [resolve],
    ],
    [[head('acknowledge')], [head('refer', { body: 'x-bptd', reference: 'B-1', followUpOn: inAMonth() })], [object]],
  ]);
}

const inAMonth = (): string => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
