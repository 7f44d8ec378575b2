import type { Language } from '@garda/service';

type Words = Record<Language, string>;

/** Where a case stands, in the citizen's words (domain, B.4). */
export const stateWords = {
  received: { id: 'Diterima', en: 'Received' },
  working: { id: 'Sedang dikerjakan', en: 'Being worked on' },
  waiting: { id: 'Menunggu jawaban Anda', en: 'Waiting for you' },
  decided: { id: 'Sudah diputuskan', en: 'Decided' },
  disputed: { id: 'Keberatan sedang diperiksa', en: 'The objection is being examined' },
  final: { id: 'Putusan akhir', en: 'Final' },
  closed: { id: 'Ditutup', en: 'Closed' },
  withdrawn: { id: 'Ditarik kembali', en: 'Withdrawn' },
} as const satisfies Record<string, Words>;

/** What happened, by resolution's fact. What is not listed is told by its state. */
const factWords: Readonly<Record<string, Words>> = {
  WorkReceived: { id: 'Diteruskan ke unit yang menangani', en: 'With the unit in charge' },
  OfficerAssigned: { id: 'Petugas sudah ditunjuk', en: 'An officer has been assigned' },
  CaseAccepted: { id: 'Berkas lengkap, pekerjaan dimulai', en: 'The file is complete, the work begins' },
  CaseRejected: { id: 'Permohonan ditolak', en: 'The case was rejected' },
  InformationRequested: { id: 'Kami perlu keterangan dari Anda', en: 'We need something from you' },
  InformationRequestWithdrawn: { id: 'Pertanyaan dicabut', en: 'The question was withdrawn' },
  AnswerReceived: { id: 'Jawaban Anda sudah diterima', en: 'Your answer has arrived' },
  ProgressReported: { id: 'Perkembangan', en: 'Progress' },
  ProductIssued: { id: 'Dokumen diterbitkan', en: 'A document was issued' },
  StageCompleted: { id: 'Satu tahap selesai', en: 'A stage is complete' },
  CaseResolved: { id: 'Sudah diputuskan', en: 'Decided' },
  DisputeDecided: { id: 'Keberatan sudah diputus', en: 'The objection is decided' },
  CaseReopened: { id: 'Dibuka kembali', en: 'Reopened' },
  CaseClosed: { id: 'Ditutup', en: 'Closed' },

  PartyDeclared: {
    id: 'Petugas mundur; petugas lain ditunjuk',
    en: 'The officer stepped back; another one will take it',
  },
  FirstStepTaken: { id: 'Petugas sudah datang atau mulai', en: 'Somebody was there, or has begun' },
  TimeExtended: { id: 'Waktu diperpanjang', en: 'It takes longer' },
  SupervisionFound: {
    id: 'Masuk pengawasan; perlu waktu lebih lama',
    en: 'It came under supervision, and takes longer',
  },
  ReportedUnitHeard: { id: 'Unit yang dilaporkan sudah didengar', en: 'The reported unit was heard' },

  DocumentsReceived: { id: 'Berkas Anda diterima di loket', en: 'Your papers were taken at the desk' },
  DocumentsHandedOver: { id: 'Berkas dalam perjalanan', en: 'Papers on the way' },
  DocumentsAcknowledged: { id: 'Berkas sudah sampai', en: 'The papers have arrived' },
  DocumentsLost: { id: 'Berkas hilang; kantor yang menanggung', en: 'Papers were lost; the office bears the cost' },
  DocumentsReturned: { id: 'Berkas dikembalikan kepada Anda', en: 'Your papers were given back' },
  DocumentsArchived: { id: 'Berkas disimpan di arsip', en: 'Your papers went to the archive' },

  FeeAssessed: { id: 'Biaya ditetapkan', en: 'A fee was assessed' },
  FeeAssessmentCancelled: { id: 'Tagihan dibatalkan', en: 'The bill was cancelled' },
  FeeReceived: { id: 'Pembayaran diterima', en: 'The payment was received' },
  RefundRequested: { id: 'Pengembalian sedang diproses', en: 'A refund is under way' },
  RefundDecided: { id: 'Pengembalian diputus', en: 'The refund was decided' },
  FeeRefunded: { id: 'Uang dikembalikan', en: 'The money was paid back' },
  ProductSent: { id: 'Dokumen dikirim ke loket', en: 'The document was sent to a desk near you' },
  ProductDelivered: { id: 'Dokumen sudah diserahkan', en: 'The document was handed over' },
  ProductTakenBack: { id: 'Dokumen kembali ke penerbit', en: 'The document went back to whoever issued it' },
  RecordCorrected: { id: 'Perbaikan catatan', en: 'A record was corrected' },
  ReminderDue: { id: 'Pengingat: ada yang menunggu Anda', en: 'A reminder: something waits for you' },
};

/** Where a bill stands, in the citizen's words. */
export const billWords = {
  assessed: { id: 'Menunggu pembayaran', en: 'To be paid' },
  received: { id: 'Sudah dibayar', en: 'Paid' },
  cancelled: { id: 'Dibatalkan', en: 'Cancelled' },
  refunded: { id: 'Dikembalikan', en: 'Paid back' },
} as const satisfies Record<string, Words>;

/** Where a paper is, in the citizen's words. */
export const paperWords = {
  held: { id: 'Di kantor', en: 'At the office' },
  ready: { id: 'Siap diambil', en: 'Ready to collect' },
  on_the_way: { id: 'Dalam perjalanan', en: 'On the way' },
  lost: { id: 'Hilang', en: 'Lost' },
  returned: { id: 'Sudah dikembalikan', en: 'Given back' },
  with_proxy: { id: 'Di kuasa Anda', en: 'With your proxy' },
  archived: { id: 'Di arsip', en: 'In the archive' },
} as const satisfies Record<string, Words>;

/** Where a document is that was issued for him, in the citizen's words. */
export const productWords = {
  issued: { id: 'Sudah diterbitkan', en: 'Issued' },
  ready: { id: 'Siap diambil', en: 'Ready to collect' },
  delivered: { id: 'Sudah diserahkan', en: 'Handed over' },
  taken_back: { id: 'Kembali ke penerbit', en: 'Back with whoever issued it' },
} as const satisfies Record<string, Words>;

const withdrawalWords: Readonly<Record<string, Words>> = {
  withdrawn: { id: 'Penarikan Anda diterima', en: 'Your withdrawal stands' },
  goes_on: { id: 'Penarikan dicatat, pemeriksaan tetap berjalan', en: 'The withdrawal is noted, the case goes on' },
  too_late: { id: 'Penarikan datang setelah putusan', en: 'The withdrawal came after the decision' },
};

const disputeWords: Readonly<Record<string, Words>> = {
  WorkReceived: { id: 'Unit lain memeriksa keberatan Anda', en: 'Another unit examines your objection' },
  DisputeReceived: { id: 'Keberatan Anda diterima', en: 'Your objection stands' },
};
const mootWords: Words = {
  id: 'Keberatan tidak diperlukan lagi atau terlambat',
  en: 'The objection came too late, or there is nothing left to object to',
};

/** What is heard of the body outside that has the case. */
const outsideWords: Readonly<Record<string, Words>> = {
  asked: { id: 'Kami menanyakan ke lembaga itu', en: 'We asked the other body' },
  answered: { id: 'Lembaga itu sudah menjawab', en: 'The other body has answered' },
  none: { id: 'Lembaga itu tidak menjawab', en: 'The other body has not answered' },
};

export const outcomeWords: Readonly<Record<string, Words>> = {
  granted: { id: 'Dikabulkan', en: 'Granted' },
  partly: { id: 'Dikabulkan sebagian', en: 'Granted in part' },
  refused: { id: 'Ditolak', en: 'Refused' },
  rejected: { id: 'Tidak dapat diterima', en: 'Rejected' },
  remedied: { id: 'Sudah ditangani', en: 'Remedied' },
  unfounded: { id: 'Tidak terbukti', en: 'Unfounded' },
  information_given: { id: 'Keterangan diberikan', en: 'Information given' },
  referred_outside: { id: 'Diteruskan ke lembaga lain', en: 'Referred to another body' },
  no_answer: { id: 'Tidak ada jawaban', en: 'No answer came' },
  as_leader: { id: 'Sama dengan laporan induk', en: 'As in the leading case' },
};

export function wordsOfState(state: string, language: Language): string {
  return (stateWords as Readonly<Record<string, Words>>)[state]?.[language] ?? state;
}

export function wordsOfNews(
  news: { fact: string; state: string; outcome?: string | undefined },
  language: Language,
): string {
  if (news.fact === 'OutsideNoted') return outsideWords[news.outcome ?? '']?.[language] ?? news.fact;
  if (news.state === 'dispute_moot') return mootWords[language];
  if (news.state === 'disputed') return disputeWords[news.fact]?.[language] ?? wordsOfState(news.state, language);
  if (news.fact === 'WithdrawalReceived') return withdrawalWords[news.state]?.[language] ?? news.state;
  return factWords[news.fact]?.[language] ?? wordsOfState(news.state, language);
}

export function wordsOfOutcome(outcome: string, language: Language): string {
  return outcomeWords[outcome]?.[language] ?? outcome;
}

const shareWords: Readonly<Record<string, Words>> = {
  unit: { id: 'di', en: 'at' },
  transit: { id: 'berkas dalam perjalanan', en: 'papers on the way' },
  citizen: { id: 'menunggu Anda', en: 'waiting for you' },
  triage: { id: 'menunggu penempatan', en: 'waiting to be placed' },
};
const spanWords = { h: { id: 'jam', en: 'h' }, min: { id: 'menit', en: 'min' } } as const;

/** `5 h 20 min at Kecamatan Tulis`: hours of the office. */
export function wordsOfShare(
  { who, unit, minutes }: { who: string; unit: string | undefined; minutes: number },
  language: Language,
): string {
  const parts = [
    [Math.floor(minutes / 60), spanWords.h[language]] as const,
    [minutes % 60, spanWords.min[language]] as const,
  ].filter(([count]) => count > 0);
  const time = parts.map(([count, word]) => `${count} ${word}`).join(' ');
  const what = shareWords[who]?.[language] ?? who;
  return [time, what, who === 'unit' ? unit : undefined].filter((part) => part !== undefined).join(' ');
}

/** What the citizen may do next. */
export const actionWords = {
  answer: { id: 'Menjawab pertanyaan', en: 'Answer the question' },
  add: { id: 'Menambah keterangan', en: 'Add something' },
  withdraw: { id: 'Menarik kembali', en: 'Withdraw' },
  dispute: { id: 'Mengajukan keberatan', en: 'Object to the decision' },
  rate: { id: 'Menilai layanan', en: 'Rate the service' },
  confirm_mandate: { id: 'Mengonfirmasi kuasa', en: 'Confirm the mandate' },
  revoke_mandate: { id: 'Mencabut kuasa', en: 'Take the mandate back' },
  request_erasure: { id: 'Meminta data pribadi dihapus', en: 'Ask that your personal data be erased' },
  claim_refund: { id: 'Meminta uang kembali', en: 'Ask for the money back' },
} as const satisfies Record<string, Words>;
export type Action = keyof typeof actionWords;

/** What keeps his data, in the citizen's words. */
export const erasureWords = {
  case_open: { id: 'Kasus masih berjalan', en: 'The case is still open' },
  money_unsettled: { id: 'Pengembalian uang belum selesai', en: 'A refund is not settled yet' },
  inquiry_runs: { id: 'Pemeriksaan masih berjalan', en: 'An inquiry is under way' },
} as const satisfies Record<string, Words>;

/** What he did himself, or what was done in his name. */
export const ownWords: Readonly<Record<string, Words>> = {
  CaseSubmitted: { id: 'Diterima', en: 'Received' },
  InformationProvided: { id: 'Keterangan Anda', en: 'What you added' },
  EvidenceAttached: { id: 'Bukti Anda', en: 'What you attached' },
  CaseWithdrawn: { id: 'Anda meminta penarikan', en: 'You asked to withdraw' },
  ResolutionDisputed: { id: 'Keberatan Anda', en: 'Your objection' },
  ServiceRated: { id: 'Penilaian Anda', en: 'Your rating' },
  RefundClaimed: { id: 'Anda meminta uang kembali', en: 'You asked for the money back' },
  PublicSummaryPublished: { id: 'Diumumkan', en: 'Published' },
  MandateRecorded: { id: 'Kuasa Anda dicatat', en: 'Your mandate was written down' },
  MandateConfirmed: { id: 'Kuasa Anda konfirmasi', en: 'You confirmed the mandate' },
  MandateCarrierChanged: { id: 'Pembawa kuasa diganti', en: 'Somebody else carries the mandate' },
  MandateEnded: { id: 'Kuasa berakhir', en: 'The mandate ended' },
  ErasureRequested: { id: 'Anda meminta data pribadi dihapus', en: 'You asked that your personal data be erased' },
  ErasureRefused: { id: 'Data pribadi belum dapat dihapus', en: 'Your personal data cannot be erased yet' },
  PersonalDataErased: { id: 'Data pribadi Anda sudah dihapus', en: 'Your personal data were erased' },
  DutyDue: { id: 'Kuasa segera berakhir', en: 'The mandate is about to end' },
};
