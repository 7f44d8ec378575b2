import type { Random } from '../random';
import type { Command } from './told';

/** Staff of the demo who work on what citizens hand in here, by the standard. */
const officerOf = { 'HB-01': 'dishub.officer', 'PU-01': 'dpupr.officer', 'LH-01': 'dlh.officer' } as const;
export type Standard = keyof typeof officerOf;
export const officers: readonly string[] = Object.values(officerOf);

export interface Case {
  readonly caseId: string;
  readonly number: string;
  readonly trackingCode: string;
  readonly standard: Standard;
  /** What will still be done to it, in this order; what stands together is done at the same time. */
  steps: string[][];
  readyAt: number;
  busy: boolean;
  tries: number;
}

const stories: readonly string[][][] = [
  [['take'], ['accept'], ['progress', 'publish-summary'], ['progress', 'progress'], ['resolve']],
  [['take'], ['accept'], ['resolve'], ['rate']],
  [['take', 'publish-summary'], ['accept'], ['progress', 'progress', 'publish-summary']],
  [['acknowledge'], ['take'], ['accept', 'withdraw']],
  [['withdraw']],
  [['publish-summary'], ['publish-summary', 'take'], ['accept']],
];

const places = ['33.25.10.2007', '33.25.10.2004'];

/** A report about a place, from nobody in particular: no personal data is in it. */
export function submission(random: Random): { command: Command; standard: Standard } {
  const standard = random.pick(Object.keys(officerOf) as Standard[]);
  const attributes: Record<Standard, object> = {
    'HB-01': { road_class: 'regency', since: '3 malam' },
    'PU-01': { road_class: 'regency', danger: 'yes' },
    'LH-01': { kind_of_place: 'market' },
  };
  const body = {
    standard,
    identity: 'none',
    content: 'public',
    description: `Laporan ${random.between(1, 1_000_000)}`,
    objectPlace: { areaCode: random.pick(places), lat: -6.95 - random.next() / 50, long: 109.8 + random.next() / 50 },
    attributes: attributes[standard],
  };
  const key = random.uuid();
  const command = {
    ...{ kind: 'submit', context: 'intake', principal: 'citizen', route: 'POST /cases', key },
    ...{ target: 'intake', path: '/cases', headers: { 'idempotency-key': key }, body, answers: [], silentBusy: 0 },
  } as const satisfies Command;
  return { command: { ...command, answers: [] }, standard };
}

export function newCase(of: Pick<Case, 'caseId' | 'number' | 'trackingCode' | 'standard'>, random: Random): Case {
  return {
    ...of,
    steps: random.pick(stories).map((step) => [...step]),
    readyAt: Date.now() + 400,
    busy: false,
    tries: 0,
  };
}

/** The command of one step on a case; `token` is the officer's. */
export function stepCommand(step: string, on: Case, random: Random, tokenOf: (person: string) => string): Command {
  if (step === 'withdraw' || step === 'rate') return citizens(step, on, random);
  const officer = officerOf[on.standard];
  const key = random.uuid();
  return {
    kind: step,
    context: step === 'publish-summary' ? 'intake' : step === 'acknowledge' ? 'routing' : 'resolution',
    principal: `staff:${officer}`,
    route: `POST /internal/cases/${on.caseId}/${step}`,
    key,
    target: 'gateway',
    path: `/cases/${on.caseId}/${step}`,
    headers: { 'idempotency-key': key, authorization: `Bearer ${tokenOf(officer)}` },
    body: bodies[step]?.(random) ?? {},
    caseId: on.caseId,
    answers: [],
    silentBusy: 0,
  };
}

const bodies: Readonly<Record<string, (random: Random) => object>> = {
  progress: (random) => ({ code: random.pick(['planned', 'asked_outside']) }),
  resolve: () => ({ outcome: 'remedied' }),
  'publish-summary': (random) => ({ text: `Kabar ${random.between(1, 1_000_000)}.` }),
};

function citizens(step: 'withdraw' | 'rate', { number, trackingCode, caseId }: Case, random: Random): Command {
  const key = random.uuid();
  const path = `/cases/${number}/${step === 'rate' ? 'rating' : 'withdrawal'}`;
  return {
    ...{ kind: step, context: 'intake', principal: 'citizen', route: `POST ${path}`, key, target: 'intake', path },
    headers: { 'idempotency-key': key, 'tracking-code': trackingCode },
    body: step === 'rate' ? { stars: random.between(1, 5), satisfied: random.next() < 0.5 } : {},
    ...{ caseId, answers: [], silentBusy: 0 },
  };
}
