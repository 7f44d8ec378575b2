import { wordsOfDayOff, wordsOfProvisional, wordsOfStep } from './deadline-words';

const counted = { daysOff: [], hours: [], at: '2026-02-05T09:00:00.000Z' };
const stop = {
  ...counted,
  ...{ what: 'stop' as const, from: '2026-02-03T03:00:00.000Z', until: '2026-02-05T03:00:00.000Z' },
  adds: { unit: 'wd' as const, count: 1 },
};
const term = { ...counted, what: 'term' as const, adds: { unit: 'min' as const, count: 120 } };
const said = (step: Parameters<typeof wordsOfStep>[0]) =>
  (['en', 'id'] as const).map((language) => wordsOfStep(step, { zone: 'Asia/Jakarta', language }));

describe('a step of a deadline', () => {
  it.each([
    ['a stop that is over', { ...stop, why: ['question' as const], open: false, capped: false }, ''],
    ['a stop that lasts', { ...stop, why: ['question' as const], open: true, capped: true }, ...['; not over yet']],
  ])('%s', (_, step, more) =>
    expect(said(step)[0]).toBe(`waiting for your answer, 3 Feb 2026 until 5 Feb 2026: + 1 working day${more}`),
  );

  it('a stop at its limit, for two reasons', () =>
    expect(said({ ...stop, why: ['question', 'fee'], open: false, capped: true })).toEqual([
      'waiting for your answer, waiting for your payment, 3 Feb 2026 until 5 Feb 2026: + 1 working day; all stops together count for 30 days at most',
      'menunggu jawaban Anda, menunggu pembayaran Anda, 3 Feb 2026 sampai 5 Feb 2026: + 1 hari kerja; paling lama 30 hari dihitung dari semua penghentian',
    ]));

  it.each([
    ['stage', 0, '2h', ['2 office hours (stage 1)', '2 jam kerja (tahap 1)']],
    ['stage', 1, '1min', ['1 office minute (stage 2)', '1 menit kerja (tahap 2)']],
    ['supervision', 0, '60wd', ['60 working days (supervision)', '60 hari kerja (pengawasan)']],
    ['reopened', undefined, '30d', ['30 days (after it was reopened)', '30 hari (setelah dibuka kembali)']],
  ] as const)('a term: %s %s %s', (why, stage, time, words) => {
    const where = stage === undefined ? {} : { stage };
    expect(said({ ...term, why, time, ...where })).toEqual(words);
  });

  it('a day off is called as the calendar calls it; what is not decreed yet is provisional', () => {
    expect(wordsOfDayOff({ date: '2026-03-21', why: 'national', name: 'Idul Fitri' }, 'en')).toBe('Idul Fitri');
    expect(wordsOfDayOff({ date: '2026-03-22', why: 'weekend' }, 'id')).toBe('Akhir pekan');
    expect([wordsOfProvisional('en'), wordsOfProvisional('id')].map((words) => words.split(':')[0])).toEqual([
      ...['Provisional', 'Sementara'],
    ]);
  });
});
