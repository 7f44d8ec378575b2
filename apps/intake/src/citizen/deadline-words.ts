import type { ExplainedDueBody } from '@garda/contracts';
import type { Language } from '@garda/service';

type Step = ExplainedDueBody['steps'][number];
type StepOf<What extends Step['what']> = Extract<Step, { what: What }>;
type DayOff = StepOf<'term'>['daysOff'][number];
type Words = Record<Language, string>;

interface Reading {
  readonly zone: string;
  readonly language: Language;
}

const startWords: Readonly<Record<StepOf<'start'>['why'], Words>> = {
  desk: { id: 'Diserahkan di loket', en: 'Handed in at a desk' },
  recorded: { id: 'Diterima', en: 'Received' },
  imported: { id: 'Diterima oleh sistem lain', en: 'Received by another system' },
  handed_over: { id: 'Diserahkan ke unit yang menangani', en: 'Handed over to the unit in charge' },
  reopened: { id: 'Dibuka kembali', en: 'Reopened' },
};

const unitWords: Readonly<Record<string, Words>> = {
  wd: { id: 'hari kerja', en: 'working days' },
  d: { id: 'hari', en: 'days' },
  h: { id: 'jam kerja', en: 'office hours' },
  min: { id: 'menit kerja', en: 'office minutes' },
};
const oneWords: Readonly<Record<string, string>> = {
  wd: 'working day',
  d: 'day',
  h: 'office hour',
  min: 'office minute',
};

const termWords: Readonly<Record<StepOf<'term'>['why'], Words>> = {
  stage: { id: 'tahap', en: 'stage' },
  extension: { id: 'perpanjangan', en: 'extension' },
  supervision: { id: 'pengawasan', en: 'supervision' },
  reopened: { id: 'setelah dibuka kembali', en: 'after it was reopened' },
};

const stopWords: Readonly<Record<StepOf<'stop'>['why'][number], Words>> = {
  question: { id: 'menunggu jawaban Anda', en: 'waiting for your answer' },
  fee: { id: 'menunggu pembayaran Anda', en: 'waiting for your payment' },
  elsewhere: { id: 'berada di unit lain', en: 'with another unit' },
};

const weekend: Words = { id: 'Akhir pekan', en: 'Weekend' };
const until: Words = { id: 'sampai', en: 'until' };
const openWords: Words = { id: 'masih berjalan', en: 'not over yet' };
const cappedWords: Words = {
  id: 'paling lama 30 hari dihitung dari semua penghentian',
  en: 'all stops together count for 30 days at most',
};
const provisional: Words = {
  id: 'Sementara: hari libur pada tanggal itu belum ditetapkan',
  en: 'Provisional: the days off of that time are not decreed yet',
};

export function wordsOfProvisional(language: Language): string {
  return provisional[language];
}

export function wordsOfDayOff({ name }: DayOff, language: Language): string {
  return name ?? weekend[language];
}

/** `Handed in at a desk`, `5 working days (stage 1)`, `waiting for your answer, 3 Feb 2026 until …: + 2 working days`. */
export function wordsOfStep(step: Step, { zone, language }: Reading): string {
  if (step.what === 'start') return startWords[step.why][language];
  if (step.what === 'stop') return wordsOfStop(step, { zone, language });
  const [, count = '', unit = ''] = /^(\d+)(\D+)$/.exec(step.time) ?? [];
  const which = step.stage === undefined || step.why !== 'stage' ? '' : ` ${step.stage + 1}`;
  return `${wordsOfTime(Number(count), unit, language)} (${termWords[step.why][language]}${which})`;
}

function wordsOfStop(
  { why, from, until: to, adds, open, capped }: StepOf<'stop'>,
  { zone, language }: Reading,
): string {
  const day = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', { dateStyle: 'medium', timeZone: zone });
  const [begin, end] = [from, to].map((at) => day.format(new Date(at)));
  const reasons = why.map((one) => stopWords[one][language]).join(', ');
  // Of a stop that lasts, the limit is all that is known of its end.
  const more = open ? [openWords[language]] : capped ? [cappedWords[language]] : [];
  const added = wordsOfTime(Math.round(adds.count), adds.unit, language);
  return [`${reasons}, ${begin} ${until[language]} ${end}: + ${added}`, ...more].join('; ');
}

function wordsOfTime(count: number, unit: string, language: Language): string {
  const one = language === 'en' && count === 1 ? oneWords[unit] : undefined;
  return `${count} ${one ?? unitWords[unit]?.[language] ?? unit}`;
}
