import type { TariffLine } from '@garda/contracts';
import type { Bill, NextStep, PrintedReceipt, Proof } from './receipt';

/** Words for paper: Bahasa Indonesia first, English small below it where it is given. */
export interface Words {
  readonly id: string;
  readonly en?: string;
}

/** One entry of a printed page: what it is, and what it says. */
export interface Row {
  readonly label: Required<Words>;
  readonly values: readonly Words[];
}

export const title: Required<Words> = { id: 'Tanda terima', en: 'Receipt' };
export const secret: Required<Words> = {
  id: 'Kode pelacakan tidak dicetak di sini. Petugas tidak memerlukannya dan tidak boleh memintanya.',
  en: 'The tracking code is not printed here. No officer needs it or may ask for it.',
};

/** `K7QX-4M2TA`: in groups, for the telephone. */
export const grouped = (number: string): string => `${number.slice(0, 4)}-${number.slice(4)}`;

const rupiah = (amount: number): string => `Rp ${new Intl.NumberFormat('id-ID').format(amount)}`;

/** The receipt as entries, in the order in which they are printed. Both ways of printing read these. */
export function rowsOf(receipt: PrintedReceipt): readonly Row[] {
  const { standard, takenBy, unit, papers, receivedAt, next, proof } = receipt;
  const at = (instant: string): string => dateOf(instant, receipt.zone);
  return [
    { label: { id: 'Layanan', en: 'Service' }, values: [{ id: `${standard.code} ${standard.name}` }] },
    { label: { id: 'Diterima oleh', en: 'Received by' }, values: [takenBy === null ? online : { id: takenBy }] },
    { label: { id: 'Ditangani oleh', en: 'In charge' }, values: [unit === null ? notYet : { id: unit }] },
    { label: { id: 'Diterima pada', en: 'Received at' }, values: [{ id: at(receivedAt) }] },
    { label: { id: 'Selesai paling lambat', en: 'Due' }, values: dueWords(receipt) },
    { label: { id: 'Biaya', en: 'Cost' }, values: costsOf(receipt) },
    {
      label: { id: 'Berkas diserahkan', en: 'Papers handed over' },
      values: papers.length === 0 ? [noPapers] : papers.map((paper) => ({ id: paper })),
    },
    { label: { id: 'Langkah berikutnya', en: 'What to do next' }, values: next.map((step) => stepWords[step]) },
    { label: { id: 'Bukti isi', en: 'Proof of content' }, values: proofWords(proof) },
  ];
}

const online: Words = { id: 'Daring, tanpa loket', en: 'Online, at no desk' };
const notYet: Words = { id: 'Sedang diteruskan', en: 'On its way to a unit' };
const onThePage: Words = { id: 'Lihat halaman Anda', en: 'See your page' };
const mayMove: Words = {
  id: 'Sementara: hari libur sesudahnya belum ditetapkan',
  en: 'Provisional: the days off after it are not decreed yet',
};
const noPapers: Words = { id: 'Tidak ada', en: 'None' };
const free: Words = { id: 'Rp 0' };

function dueWords({ dueAt, provisional, zone }: PrintedReceipt): readonly Words[] {
  if (dueAt === null) return [onThePage];
  return [{ id: dateOf(dueAt, zone) }, ...(provisional ? [mayMove] : [])];
}

function costsOf({ tariff, bills }: PrintedReceipt): readonly Words[] {
  if (tariff.length === 0 && bills.length === 0) return [free];
  return [...tariff.map(tariffWords), ...bills.map(billWords)];
}

/** The line with what allows it and who is paid: nobody can ask for another sum in its name. */
function tariffWords({ line, amount, ceiling, basis, payee, enabled }: TariffLine): Words {
  const most = ceiling === undefined ? '' : `paling banyak ${rupiah(ceiling)}`;
  const sum = enabled === false ? 'tidak ditagih' : amount === undefined ? most : rupiah(amount);
  return { id: `${line}: ${sum}; dasar: ${basis}; dibayar kepada: ${payee}` };
}

function billWords({ line, amount, billingCode, paid }: Bill): Words {
  return { id: `Tagihan ${line}: ${rupiah(amount)}, kode ${billingCode}, ${paid ? 'sudah dibayar' : 'belum dibayar'}` };
}

/** In groups, so that a long hash breaks between them. */
function proofWords({ commitment, salt }: Proof): readonly Words[] {
  const hash = { id: `SHA-256: ${commitment.match(/.{1,8}/g)?.join(' ') ?? ''}` };
  return salt === null
    ? [hash]
    : [hash, { id: `Garam: ${salt}`, en: 'Salt: yours alone; with it the content can be checked' }];
}

/** `Senin, 2 Maret 2026 pukul 09.15`: put together here, for the order of the parts changes with the data of Node. */
function dateOf(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('id-ID', {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone },
  });
  const parts = new Map(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  const say = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const day = String(Number(say('day')));
  return `${say('weekday')}, ${day} ${say('month')} ${say('year')} pukul ${say('hour')}.${say('minute')}`;
}

const stepWords: Readonly<Record<NextStep, Words>> = {
  answer: { id: 'Jawab pertanyaan kami di halaman Anda.', en: 'Answer our question on your page.' },
  confirm_mandate: { id: 'Konfirmasi kuasa di halaman Anda.', en: 'Confirm the mandate on your page.' },
  pay: {
    id: 'Bayar tagihan dengan kodenya, tidak kepada petugas.',
    en: 'Pay the bill by its code, never to an officer.',
  },
  decided: {
    id: 'Sudah diputuskan: beri nilai atau ajukan keberatan di halaman Anda.',
    en: 'Decided: rate it or object on your page.',
  },
  over: { id: 'Urusan ini sudah selesai.', en: 'This errand is over.' },
  look: {
    id: 'Pindai kode QR dan masukkan kode pelacakan Anda untuk melihat perkembangannya.',
    en: 'Scan the QR code and type your tracking code to see how it goes.',
  },
  ask_desk: { id: 'Tanyakan di loket dengan nomor ini.', en: 'Ask at a desk with this number.' },
  wait: {
    id: 'Anda tidak perlu datang lagi kecuali diminta. Bila terlambat, atasan diberi tahu dengan sendirinya.',
    en: 'No need to come again unless asked. When it is late, superiors are told without your asking.',
  },
  free: { id: 'Jangan membayar kepada siapa pun.', en: 'Pay nobody.' },
};
