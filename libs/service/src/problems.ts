import type { RefusalCode } from '@garda/contracts';

/** What a service says no to before or beside the rules of the domain. */
export type TechnicalCode =
  | 'BAD_REQUEST'
  | 'MALFORMED_JSON'
  | 'BODY_TOO_LARGE'
  | 'MEDIA_TYPE_NOT_SUPPORTED'
  | 'IDEMPOTENCY_KEY_MISSING'
  | 'IDEMPOTENCY_KEY_INVALID'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'IF_MATCH_INVALID'
  | 'CURSOR_INVALID'
  | 'STALE_VERSION'
  | 'COMMAND_BARRED'
  | 'CONFLICT'
  | 'EVENT_TOO_LARGE'
  | 'TOKEN_MISSING'
  | 'TOKEN_INVALID'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_NOT_FOR_THIS'
  | 'RIGHT_MISSING'
  | 'NOT_YOUR_UNIT'
  | 'IDENTITY_WITHHELD'
  | 'NOT_YOUR_CASE'
  | 'CITIZEN_ONLY'
  | 'OWN_DECISION'
  | 'NOT_TREASURY'
  | 'WORKED_ON_CASE'
  | 'NOT_NAMED_TO_DECIDE'
  | 'NOT_STANDING_IN'
  | 'NO_MANDATE'
  | 'TRACKING_CODE_WRONG'
  | 'TOO_MANY_GUESSES'
  | 'API_KEY_MISSING'
  | 'API_KEY_INVALID'
  | 'SETUP_CLOSED'
  | 'NOT_FOUND'
  | 'NOT_PARKED'
  | 'CLOCK_CANNOT_GO_BACK'
  | 'WORK_UNDER_WAY'
  | 'NOTHING_TO_ADOPT'
  | 'TOPIC_UNKNOWN'
  | 'POSITION_NOT_RELAYED'
  | 'TOPIC_NOT_EMPTY'
  | 'TOPIC_NOT_CLOSED'
  | 'CONSUMERS_BEHIND'
  | 'PARTITIONS_DIFFER'
  | 'PROJECTION_UNKNOWN'
  | 'REBUILD_UNDER_WAY'
  | 'NO_REBUILD'
  | 'REBUILD_NOT_CAUGHT_UP'
  | 'NOTHING_TO_DROP'
  | 'OVERLOADED'
  | 'LOG_UNAVAILABLE'
  | 'LOG_NOT_VERIFIED'
  | 'SERVICE_UNAVAILABLE'
  | 'IDENTITY_UNAVAILABLE'
  | 'INTERNAL';
export type ProblemCode = RefusalCode | TechnicalCode;

/** HTTP status, words in Bahasa Indonesia, words in English: for the person who asked, not for a developer. */
export type ProblemEntry = readonly [status: number, id: string, en: string];

/**
 * The one table of everything this system refuses. Codes are contract: clients and officers' manuals name them.
 * A code that nothing raises or no spec expects fails the check (`npm run check -- codes`).
 */
export const problems = {
  BAD_REQUEST: [400, 'Isian tidak lengkap atau tidak benar', 'The request is incomplete or wrong'],
  MALFORMED_JSON: [400, 'Isi permintaan bukan JSON yang benar', 'The body is no valid JSON'],
  BODY_TOO_LARGE: [413, 'Isi permintaan terlalu besar', 'The body is too large'],
  MEDIA_TYPE_NOT_SUPPORTED: [415, 'Jenis isi permintaan tidak dikenal', 'This kind of body is not understood'],
  IDEMPOTENCY_KEY_MISSING: [400, 'Idempotency-Key wajib diisi', 'An Idempotency-Key is required'],
  IDEMPOTENCY_KEY_INVALID: [400, 'Idempotency-Key harus UUID acak', 'The Idempotency-Key must be a random UUID'],
  IDEMPOTENCY_KEY_REUSED: [
    422,
    'Idempotency-Key dipakai untuk permintaan lain',
    'The key was used for another request',
  ],
  IF_MATCH_INVALID: [400, 'If-Match harus satu versi, misalnya "7"', 'If-Match must be one version, such as "7"'],
  CURSOR_INVALID: [400, 'Penunjuk halaman tidak dikenal', 'The page cursor is not one of ours'],
  STALE_VERSION: [412, 'Perkara sudah berubah; muat ulang', 'The case changed since you saw it; load it again'],
  CONFLICT: [409, 'Ada perubahan bersamaan; coba lagi', 'Others are changing the same thing; try again'],
  EVENT_TOO_LARGE: [413, 'Isi terlalu panjang untuk dicatat', 'This is too long to be recorded'],
  TOKEN_MISSING: [401, 'Silakan masuk terlebih dahulu', 'Please sign in first'],
  TOKEN_INVALID: [401, 'Tanda masuk tidak sah', 'The access token is not valid'],
  TOKEN_EXPIRED: [401, 'Waktu masuk habis; silakan masuk lagi', 'The sign-in has expired; sign in again'],
  TOKEN_NOT_FOR_THIS: [403, 'Tanda masuk bukan untuk tindakan ini', 'The token is for another action or case'],
  COMMAND_BARRED: [
    403,
    'Permintaan ini sudah ditolak; kirim sebagai permintaan baru',
    'This request was refused before; send it as a new one',
  ],
  RIGHT_MISSING: [403, 'Peran Anda tidak berhak melakukan ini', 'Your role may not do this'],
  NOT_YOUR_UNIT: [403, 'Perkara ini bukan urusan unit Anda', 'This case is not with your unit'],
  IDENTITY_WITHHELD: [403, 'Pelapor meminta identitasnya dirahasiakan', 'The citizen asked to stay unnamed'],
  NOT_YOUR_CASE: [403, 'Perkara ini bukan tugas Anda; ambil dahulu', 'You do not have this case; take it first'],
  CITIZEN_ONLY: [403, 'Hanya warga sendiri yang dapat melakukan ini', 'Only the citizen can do this'],
  OWN_DECISION: [403, 'Sengketa ini tentang keputusan unit Anda', 'The dispute is about the decision of your unit'],
  NOT_TREASURY: [403, 'Hanya bendahara yang boleh', 'Only the treasury may do this'],
  WORKED_ON_CASE: [403, 'Anda ikut menangani perkara ini', 'You worked on this case yourself'],
  NOT_NAMED_TO_DECIDE: [403, 'Unit Anda tidak ditunjuk memutus', 'Your unit is not named to decide this dispute'],
  NO_MANDATE: [403, 'Warga belum memberi kuasa kepada unit Anda', 'The citizen has given your unit no mandate'],
  NOT_STANDING_IN: [403, 'Unit Anda tidak sedang menggantikan', 'Your unit is not standing in for another now'],
  TRACKING_CODE_WRONG: [403, 'Nomor dan kode pelacakan tidak cocok', 'Number and tracking code do not match'],
  TOO_MANY_GUESSES: [429, 'Terlalu banyak kode salah; coba lagi nanti', 'Too many wrong codes; try again later'],
  API_KEY_MISSING: [403, 'Kunci API wajib diisi', 'An API key is required'],
  API_KEY_INVALID: [403, 'Kunci API tidak dikenal', 'The API key is not known'],
  SETUP_CLOSED: [409, 'Pemasangan awal sudah selesai', 'The set-up is over; officers make changes now'],
  NOT_FOUND: [404, 'Tidak ada di sini', 'There is nothing here'],
  NOT_PARKED: [404, 'Tidak ada yang ditahan di bawah kunci ini', 'Nothing is held under this key'],
  CLOCK_CANNOT_GO_BACK: [409, 'Jam perkara tidak dapat dimundurkan', 'The case clock cannot go back'],
  WORK_UNDER_WAY: [409, 'Pekerjaan yang sama sedang berjalan', 'The same work is under way'],
  NOTHING_TO_ADOPT: [409, 'Catatan tidak tertinggal dari topiknya', 'The log is not behind its topic'],
  TOPIC_UNKNOWN: [404, 'Topik ini bukan milik layanan itu', 'This topic is not one of that service'],
  POSITION_NOT_RELAYED: [409, 'Posisi ini belum dikirim', 'This position was not sent yet'],
  TOPIC_NOT_EMPTY: [409, 'Topik ini tidak kosong', 'This topic is not empty'],
  TOPIC_NOT_CLOSED: [409, 'Topik ini tidak ditutup', 'This topic is not closed'],
  CONSUMERS_BEHIND: [409, 'Ada pembaca yang belum selesai', 'A reader has not applied all of it'],
  PARTITIONS_DIFFER: [409, 'Jumlah partisi berbeda', 'The number of partitions is another one'],
  PROJECTION_UNKNOWN: [404, 'Tampilan ini bukan milik layanan itu', 'This projection is not one of that service'],
  REBUILD_UNDER_WAY: [409, 'Susunan baru sedang diisi', 'A new build is under way'],
  NO_REBUILD: [409, 'Tidak ada susunan baru', 'There is no new build'],
  REBUILD_NOT_CAUGHT_UP: [409, 'Susunan baru belum menyusul', 'The new build has not caught up yet'],
  NOTHING_TO_DROP: [409, 'Tidak ada susunan lama', 'There is no old build'],
  OVERLOADED: [503, 'Sedang sangat ramai; coba lagi sebentar', 'Too busy right now; try again'],
  LOG_UNAVAILABLE: [503, 'Pencatatan tidak menjawab; kirim ulang', 'The log does not answer; send it again'],
  LOG_NOT_VERIFIED: [503, 'Layanan sedang memeriksa catatannya', 'The service is still checking its log'],
  SERVICE_UNAVAILABLE: [503, 'Layanan yang dituju tidak menjawab', 'The service in charge does not answer'],
  IDENTITY_UNAVAILABLE: [503, 'Penyedia identitas tidak menjawab', 'The identity provider does not answer'],
  INTERNAL: [500, 'Terjadi kesalahan di pihak kami', 'Something went wrong on our side'],

  CASE_EXISTS: [409, 'Perkara ini sudah ada', 'This case exists already'],
  CASE_NOT_FOUND: [404, 'Perkara tidak ditemukan', 'There is no such case'],
  CASE_NOT_OPEN: [409, 'Perkara ini tidak terbuka lagi', 'This case is no longer open'],
  STANDARD_UNKNOWN: [422, 'Standar layanan tidak dikenal', 'There is no such service standard'],
  STANDARD_NOT_PUBLISHED: [422, 'Standar layanan belum berlaku', 'The service standard is not in force'],
  ENTRY_NOT_ALLOWED: [422, 'Layanan ini tidak dapat diajukan lewat pintu ini', 'This door does not take this service'],
  IDENTITY_NOT_ALLOWED: [422, 'Pilihan identitas tidak berlaku di sini', 'This service does not allow that identity'],
  CONTENT_NOT_ALLOWED: [422, 'Pilihan kerahasiaan tidak berlaku di sini', 'This service does not allow that privacy'],
  DESK_NEEDS_NAMED: [422, 'Di loket, pemohon harus disebut namanya', 'At a desk the citizen must be named'],
  PERSON_MISSING: [422, 'Data pemohon wajib diisi', 'The person is missing'],
  ATTRIBUTE_MISSING: [422, 'Ada isian wajib yang kosong', 'A required answer is missing'],
  ATTRIBUTE_UNKNOWN: [422, 'Ada isian yang tidak dikenal', 'An answer belongs to no question'],
  ATTRIBUTE_INVALID: [422, 'Ada isian yang tidak sesuai', 'An answer does not fit its question'],
  PLACE_MISSING: [422, 'Tempat kejadian wajib diisi', 'The place is missing'],
  AREA_UNKNOWN: [422, 'Wilayah tidak dikenal', 'There is no such area'],
  RECEIVED_IN_FUTURE: [422, 'Tanggal terima ada di masa depan', 'The date of receipt lies in the future'],
  OCCURRED_AT_NOT_ALLOWED: [403, 'Waktu kejadian tidak boleh ditentukan', 'You may not say when this happened'],
  CALENDAR_ENDS: [422, 'Kalender kerja belum mencakup tanggal itu', 'The calendar does not reach that day'],
  NOT_WAITING: [409, 'Tidak ada pertanyaan yang menunggu jawaban', 'No question waits for an answer'],
  REQUEST_NOT_OPEN: [409, 'Pertanyaan ini tidak terbuka lagi', 'This question is no longer open'],
  WITHDRAWAL_PENDING: [409, 'Pencabutan sedang diproses', 'A withdrawal is under way'],
  SLIP_UNKNOWN: [422, 'Unit Anda tidak memegang slip ini', 'Your unit holds no such slip'],
  SLIP_REVOKED: [409, 'Slip ini sudah dibatalkan', 'This slip was revoked'],
  SLIP_USED: [409, 'Slip ini sudah dipakai', 'This slip is used'],
  SLIP_NEEDS_DESK: [403, 'Slip hanya untuk loket', 'Slips are for desks'],
  SLIP_TOO_EARLY: [422, 'Tanggal terima mendahului buku slip', 'The date of receipt is before the slip was given out'],
  CODE_NEEDS_NAMED: [
    409,
    'Tanpa identitas, kode yang hilang tidak dapat diganti',
    'Without a name a lost code cannot be replaced',
  ],
  MANDATE_MISSING: [409, 'Tidak ada kuasa yang berlaku', 'There is no such mandate'],
  MANDATE_CONFIRMED: [409, 'Kuasa ini sudah dikonfirmasi', 'This mandate is confirmed already'],
  NOT_DECIDED: [409, 'Perkara belum diputus', 'The case is not decided yet'],
  ALREADY_RATED: [409, 'Layanan sudah dinilai', 'The service was rated already'],
  NOT_IN_TRIAGE: [409, 'Perkara tidak sedang dipilah', 'The case is not in triage'],
  UNIT_UNKNOWN: [422, 'Unit tidak dikenal', 'There is no such unit'],
  UNIT_IS_REPORTED: [403, 'Unit ini dilaporkan dalam perkara ini', 'This unit is reported in this case'],
  NOT_OFFERED: [409, 'Perkara tidak sedang ditawarkan', 'The case is not offered'],
  OFFER_PASSED: [409, 'Penyerahan ini sudah lewat', 'This hand-over has passed'],
  NOT_RESPONSIBLE: [403, 'Unit Anda tidak bertanggung jawab atas ini', 'Your unit does not answer for this case'],
  NOT_ASSIGNED: [403, 'Perkara ini tidak ditugaskan kepada Anda', 'This case is not assigned to you'],
  ALREADY_ASSIGNED: [409, 'Perkara sudah dipegang petugas lain', 'Another officer has this case'],
  NOT_PENDING: [409, 'Perkara tidak sedang menunggu', 'The case is not pending'],
  NOT_WORKING: [409, 'Perkara tidak sedang dikerjakan', 'Nobody is working on this case'],
  QUESTION_OPEN: [409, 'Masih ada pertanyaan terbuka', 'A question is still open'],
  TOO_MANY_QUESTIONS: [409, 'Terlalu banyak pertanyaan', 'The citizen was asked too often'],
  LAST_STAGE: [409, 'Ini tahap terakhir', 'This is the last stage'],
  NOT_LAST_STAGE: [409, 'Ini bukan tahap terakhir', 'This is not the last stage'],
  PARTIAL_PRODUCT_MISSING: [409, 'Hasil tahap ini belum ada', 'This stage has not left its product'],
  PRODUCT_MISSING: [409, 'Produk layanan belum ada', 'The promised product is missing'],
  PRODUCT_NOT_PROMISED: [422, 'Produk ini tidak dijanjikan', 'This product was not promised'],
  OUTCOME_NOT_ALLOWED: [422, 'Hasil ini tidak berlaku di sini', 'This outcome does not apply here'],
  HEAD_ONLY: [403, 'Hanya pimpinan unit yang boleh', 'Only the head of the unit may do this'],
  UNIT_JUDGES_ITSELF: [403, 'Tidak ada yang mengadili dirinya sendiri', 'Nobody judges himself'],
  SAME_CASE: [422, 'Perkara tidak dapat menjadi duplikat dirinya', 'A case is no duplicate of itself'],
  NOT_A_PLACE_COMPLAINT: [422, 'Hanya laporan tempat yang dapat digabung', 'Only reports of a place can be linked'],
  LEADER_IS_FOLLOWER: [409, 'Perkara induk sendiri adalah duplikat', 'The leader is a duplicate itself'],
  FOLLOWER_HAS_FOLLOWERS: [409, 'Perkara ini memimpin duplikat lain', 'Other cases follow this one'],
  ALREADY_LINKED: [409, 'Perkara sudah ditautkan', 'The case is linked already'],
  NOT_LINKED: [409, 'Perkara tidak ditautkan', 'The case is not linked'],
  LEADER_SETTLED: [409, 'Perkara induk sudah selesai', 'The leader is settled'],
  WOULD_PUBLISH_PRIVATE: [422, 'Ini akan membuka isi rahasia', 'This would publish what is private'],
  NOTHING_PUBLIC: [409, 'Layanan ini tidak diumumkan', 'Nothing of this service is public'],
  CATALOGUE_INVALID: [422, 'Katalog tidak benar', 'The catalogue is wrong'],
  VERSION_NOT_NEXT: [409, 'Versi ini bukan yang berikutnya', 'This is not the next version'],

  SAME_UNIT: [422, 'Perkara sudah ada pada unit itu', 'That unit has the case already'],
  DISPUTE_PENDING: [409, 'Keberatan sedang diperiksa', 'An objection is being examined already'],
  DECISION_FINAL: [409, 'Putusan ini sudah final', 'This decision is final'],
  TOO_MANY_DISPUTES: [409, 'Keberatan sudah diajukan dua kali', 'This case was objected to twice'],
  DISPUTE_TOO_LATE: [409, 'Tenggang keberatan sudah lewat', 'The time to object is over'],
  NOT_DISPUTED: [409, 'Tidak ada keberatan yang terbuka', 'No objection is open'],
  DISPUTE_ROUTED: [409, 'Keberatan sudah ada pemutusnya', 'Somebody is named to decide this objection'],
  UNIT_DECIDED_BEFORE: [422, 'Unit ini yang memutus perkara itu', 'That unit made the decision itself'],
  REMEDIES_MISSING: [422, 'Sebutkan upaya di luar yang masih ada', 'Name where else the citizen may turn'],
  OFFICER_DECIDED_BEFORE: [409, 'Perlu petugas lain dari pemutus semula', 'Another officer must take it this time'],
  NOT_ACKNOWLEDGED: [409, 'Penyerahan belum diterima', 'The hand-over is not acknowledged yet'],
  REFERENCE_MISSING: [422, 'Nomor atau kontak lembaga wajib diisi', 'A reference or a contact there is required'],
  FOLLOW_UP_PAST: [422, 'Tanggal tindak lanjut sudah lewat', 'The day to follow up lies in the past'],
  NOT_REFERRED: [409, 'Tidak ada rujukan yang menunggu jawaban', 'No body outside is waited for'],
  BOUND_BY_TRIAGE: [409, 'Penugasan ini mengikat unit Anda', 'This assignment binds: do it, or have it referred'],
  PAPERS_NEED_A_DESK: [422, 'Berkas kertas hanya diterima di loket', 'Papers are handed in at a desk'],
  PAPERS_KNOWN: [409, 'Berkas ini sudah tercatat di perkara', 'The case has these papers already'],
  PAPERS_NOT_HELD: [409, 'Berkas ini tidak ada pada unit Anda', 'Your unit does not have these papers'],
  PAPERS_NOT_SENT_HERE: [409, 'Berkas ini tidak dikirim ke unit Anda', 'These papers were not sent to your unit'],
  PAPERS_ON_THE_WAY: [409, 'Masih ada berkas dalam perjalanan', 'Papers are still on the way'],
  RECEIVER_IS_SENDER: [422, 'Penerima sama dengan pengirim', 'The receiver is the sender'],
  MANDATE_NOT_CONFIRMED: [409, 'Kuasa belum dikonfirmasi pemohon', 'The citizen has not confirmed the mandate'],

  TRIP_EXISTS: [409, 'Perjalanan ini sudah tercatat', 'This trip is on record already'],
  TRIP_NOT_FOUND: [404, 'Perjalanan tidak ditemukan', 'There is no such trip'],
  TRIP_IN_FUTURE: [422, 'Tanggal perjalanan ada di masa depan', 'The date of the trip lies in the future'],
  TRIP_APPROVED: [409, 'Perjalanan ini sudah disetujui', 'This trip is approved already'],
  OWN_TRIP: [403, 'Perjalanan sendiri disetujui orang lain', 'Nobody approves a trip of his own'],

  TARIFF_LINE_UNKNOWN: [422, 'Tidak ada tarif seperti itu di standar ini', 'The standard has no such tariff line'],
  TARIFF_LINE_NOT_ENABLED: [422, 'Tarif ini belum diberlakukan', 'This tariff line is not in force'],
  FEE_AMOUNT_WRONG: [422, 'Jumlahnya tidak sesuai tarif', 'The amount is not that of the tariff'],
  FEE_ABOVE_CEILING: [422, 'Jumlahnya melebihi batas', 'The amount is above the ceiling'],
  FEE_OPEN: [409, 'Biaya untuk tarif ini sudah ditetapkan', 'A fee of this line is assessed already'],
  FEE_NOT_PAID: [409, 'Biaya belum dibayar', 'The fee is not paid yet'],
  FEE_UNKNOWN: [404, 'Tagihan tidak ditemukan', 'There is no such bill'],
  FEE_NOT_OPEN: [409, 'Tagihan ini sudah tidak berlaku', 'This bill is not open any more'],
  BILLING_CODE_USED: [409, 'Kode tagihan sudah dipakai', 'The billing code was used already'],
  NOT_A_PAYEE: [403, 'Hanya kanal pembayaran atau bendahara', 'Only the payment channel or a treasurer may say so'],
  REFUND_UNKNOWN: [404, 'Pengembalian tidak ditemukan', 'There is no such refund'],
  REFUND_DECIDED: [409, 'Pengembalian sudah diputus', 'The refund is decided already'],
  REFUND_NOT_GRANTED: [409, 'Pengembalian belum dikabulkan', 'The refund is not granted'],
  NO_FEE_RECEIVED: [409, 'Tidak ada pembayaran yang tercatat', 'No payment is on record'],
  REFUND_CLAIMED: [409, 'Pengembalian sudah diminta', 'A refund was claimed already'],
} as const satisfies Record<ProblemCode, ProblemEntry>;

/** Every code there is, so that a check can ask for the test of each. */
export const problemCodes = Object.keys(problems) as readonly ProblemCode[];

export function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(problems, code);
}
