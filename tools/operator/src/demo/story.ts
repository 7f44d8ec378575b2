import { fileCoverLetter, fileFamilyCard, fileOnline, fileOpen311 } from './filings';
import {
  counter,
  kaliboyoOfficer,
  lampHead,
  lampOfficer,
  quality,
  registryOfficer,
  roadHead,
  roadOfficer,
  secondRoadOfficer,
  tulisOfficer,
  wasteOfficer,
} from './people';
import { clock, round, type Story } from '../stories/step';
import type { Stage } from './stage';

/** The fifteen cases of the table, from the first morning until the last window closes. `noted` after each of its beginnings. */
export async function* fifteenCases(stage: Stage, apiKey: string, noted: () => Promise<void>): Story {
  yield* firstMorning(stage, apiKey);
  await noted();
  yield* firstDay(stage);
  await noted();
  yield* laterDays(stage);
  yield* silences(stage);
}

/** The morning on which everything is handed in. Rounds: each case at most one deed, then quiet. */
async function* firstMorning(stage: Stage, apiKey: string): Story {
  yield round(
    'citizens hand in twelve cases online, one at the desk of Tulis, one through Open311',
    ...fileOnline(stage),
    () => fileFamilyCard(stage),
    () => fileOpen311(stage, apiKey),
  );
  await stage.findByNumber();
}

async function* firstDay(stage: Stage): Story {
  const { by } = bound(stage);
  yield clock('2026-03-02T09:00:00+07:00', 'at nine somebody needs a cover letter for the police in Kaliboyo');
  yield round('filed at the desk: ten minutes are promised', () => fileCoverLetter(stage));
  yield round(
    'officers take their cases, triage assigns two and refers one outside, one citizen withdraws, a head rejects',
    by(tulisOfficer, 'take', 'letter', {}),
    by(tulisOfficer, 'accept', 'familyCard', {}),
    by(lampOfficer, 'take', 'lamp', {}),
    by(quality, 'triage', 'nationalRoad', { unit: 'dishub' }),
    by(quality, 'refer', 'coastLamp', { body: 'x-bptd', reference: 'BPTD/2026/118', followUpOn: '2026-03-16' }),
    by(roadOfficer, 'acknowledge', 'nobody', {}),
    by(wasteOfficer, 'take', 'waste', {}),
    () => stage.intake.withdraw(stage.citizenOf('withdrawn')),
    by(quality, 'triage', 'question', { unit: 'disdukcapil' }),
    by(roadHead, 'reject', 'rejected', {
      reason: 'decided_before',
      words: 'Sudah diputus tahun lalu; pengaspalan dijadwalkan.',
    }),
    by(kaliboyoOfficer, 'accept', 'coverLetter', {}),
    by(tulisOfficer, 'take', 'silence', {}),
    by(roadOfficer, 'take', 'open311', {}),
    by(roadOfficer, 'take', 'objection', {}),
  );
  yield* filesComplete(stage);
  yield* restOfFirstDay(stage);
}

async function* filesComplete(stage: Stage): Story {
  const { by } = bound(stage);
  yield round(
    'the files are complete: accepted; a head assigns; the second report of the heap is linked to the first',
    by(tulisOfficer, 'accept', 'letter', {}),
    by(tulisOfficer, 'issue-product', 'familyCard', partial('file receipt', 'TTB-2026-017', 'tulis.officer')),
    by(lampOfficer, 'accept', 'lamp', {}),
    by(lampHead, 'assign', 'nationalRoad', { officer: 'dishub.officer' }),
    by(wasteOfficer, 'accept', 'waste', {}),
    by(registryOfficer, 'take', 'question', {}),
    by(kaliboyoOfficer, 'issue-product', 'coverLetter', final('village_letter', '470/031/2026', 'kaliboyo.head')),
    by(tulisOfficer, 'accept', 'silence', {}),
    by(roadOfficer, 'accept', 'open311', {}),
    by(roadOfficer, 'accept', 'objection', {}),
    () =>
      stage.gateway.command(wasteOfficer, stage.idOf('sameWaste'), 'link-duplicate', { leader: stage.idOf('waste') }),
  );
}

async function* restOfFirstDay(stage: Stage): Story {
  const { by } = bound(stage);
  yield round(
    'products are issued, two citizens are asked, words are published',
    by(tulisOfficer, 'issue-product', 'letter', final('village_letter', '474/112/2026', 'tulis.head')),
    by(tulisOfficer, 'complete-stage', 'familyCard', {}),
    by(lampOfficer, 'ask', 'lamp', { items: ['nomor tiang'], words: 'Berapa nomor yang tertulis pada tiang?' }),
    by(lampOfficer, 'accept', 'nationalRoad', {}),
    by(wasteOfficer, 'publish-summary', 'waste', { text: 'Sampah pasar diangkut siang ini.', place: 'Pasar Tulis' }),
    by(registryOfficer, 'accept', 'question', {}),
    by(kaliboyoOfficer, 'resolve', 'coverLetter', { outcome: 'granted' }),
    by(tulisOfficer, 'ask', 'silence', { items: ['surat pengantar RT/RW'], words: 'Mohon surat pengantar RT/RW.' }),
    by(roadOfficer, 'resolve', 'objection', { outcome: 'unfounded', words: 'Tidak ditemukan kerusakan.' }),
    by(roadOfficer, 'publish-summary', 'open311', {
      text: 'Lubang dekat jembatan akan ditambal.',
      place: 'Jembatan Kaliboyo',
    }),
  );
  yield round(
    'decisions; who asked about the lamp looks at the page and sees the question; the cover letter is handed over',
    stage.about(kaliboyoOfficer, 'deliver-product', 'coverLetter', { to: 'applicant', receipt: 'TT-2026-031' }),
    by(tulisOfficer, 'resolve', 'letter', { outcome: 'granted', words: 'Surat dapat diambil.' }),
    () => stage.intake.page(stage.citizenOf('lamp')),
    by(lampOfficer, 'progress', 'nationalRoad', { code: 'asked_outside', words: 'Kami menanyakan ke balai.' }),
    by(wasteOfficer, 'resolve', 'waste', { outcome: 'remedied', words: 'Sampah sudah diangkut.' }),
    by(registryOfficer, 'resolve', 'question', {
      outcome: 'information_given',
      words: 'Keterangan RT/RW dan formulir F-2.01.',
    }),
    by(roadOfficer, 'progress', 'open311', { code: 'planned', words: 'Dijadwalkan Kamis.' }),
  );
  yield round(
    'the letter is rated, and closed at once; the lamp on the coast road is not the regency’s',
    () => stage.intake.rate(stage.citizenOf('letter'), { stars: 5, satisfied: true }),
    by(lampOfficer, 'resolve', 'nationalRoad', {
      outcome: 'information_given',
      words: 'Lampu ini milik balai nasional.',
    }),
  );
}

async function* laterDays(stage: Stage): Story {
  const { by } = bound(stage);
  yield clock('2026-03-03T10:00:00+07:00', 'the family card lies at the district');
  yield* passOn(stage, counter, 'forwarding note', 'SP-2026-204');
  yield round(
    'a citizen objects: the road before the school is sunk in, whatever the officer found; a letter is fetched',
    () => stage.intake.dispute(stage.citizenOf('objection'), { reason: 'Petugas melihat jalan yang lain.' }),
    stage.about(tulisOfficer, 'deliver-product', 'letter', { to: 'applicant', receipt: 'TT-2026-112' }),
  );
  yield clock('2026-03-04T10:00:00+07:00', 'at the agency; nobody took the damaged road: its head is told');
  yield round(
    'the card is taken; the citizen answers with number and code; the quality unit upholds the objection',
    by(quality, 'decide-dispute', 'objection', { result: 'upheld', words: 'Diperiksa ulang di depan sekolah.' }),
    by(registryOfficer, 'take', 'familyCard', {}),
    () => answerAboutLamp(stage),
    by(roadOfficer, 'resolve', 'open311', { outcome: 'remedied', words: 'Sudah ditambal.' }),
  );
  yield round(
    'the officer has the answer opened for a purpose, which is recorded; another officer takes the road',
    by(secondRoadOfficer, 'take', 'objection', {}),
    by(registryOfficer, 'accept', 'familyCard', {}),
    by(lampOfficer, 'disclose', 'lamp', { purpose: 'verify' }),
  );
  yield* cardGranted(stage);
  yield* thursday(stage);
}

async function* cardGranted(stage: Stage): Story {
  const { by } = bound(stage);
  yield round(
    'card issued, lamp mended',
    by(secondRoadOfficer, 'accept', 'objection', {}),
    by(
      registryOfficer,
      'issue-product',
      'familyCard',
      final('population_document', '3325-2026-0009', 'disdukcapil.head'),
    ),
    by(lampOfficer, 'resolve', 'lamp', { outcome: 'remedied', words: 'Lampu sudah diganti.' }),
  );
  yield round(
    'the card is granted, the road before the school filled',
    by(registryOfficer, 'resolve', 'familyCard', { outcome: 'granted' }),
    by(secondRoadOfficer, 'resolve', 'objection', { outcome: 'remedied', words: 'Sudah diurug dan dipadatkan.' }),
  );
  yield round(
    'the card goes to the desk where it was asked for',
    stage.about(registryOfficer, 'send-product', 'familyCard', {
      to: 'desa-33.25.10.2007',
      carrier: 'disdukcapil.officer',
    }),
  );
}

async function* thursday(stage: Stage): Story {
  yield clock('2026-03-05T10:00:00+07:00', 'the quality unit is told of the road');
  yield round(
    'the page shows that the lamp is mended; the family card is handed over in the village',
    () => stage.intake.page(stage.citizenOf('lamp')),
    stage.about(tulisOfficer, 'deliver-product', 'familyCard', { to: 'applicant', receipt: 'TT-2026-118' }),
  );
  yield round('and is answered', () => stage.intake.rate(stage.citizenOf('lamp'), { stars: 3, satisfied: false }));
}

/** From here on the clock moves, and a body outside is asked: what is silent is decided, closed, or told further up. */
async function* silences(stage: Stage): Story {
  const { by } = bound(stage);
  yield clock('2026-03-06T08:00:00+07:00', 'the regional secretary is told of the road');
  yield round(
    'the quality unit asks the national body about the lamps on the coast',
    by(quality, 'ask-outside', 'coastLamp', {}),
  );
  yield clock('2026-03-16T16:30:00+07:00', 'ten working days: no answer about the letter; windows of 2 March close');
  yield clock(
    '2026-03-25T16:30:00+07:00',
    'after the holidays: the windows of the family card and of the road before the school close',
  );
  yield round(
    'the national body answers, though the case is closed here',
    by(quality, 'outside-answered', 'coastLamp', {}),
  );
  yield clock('2026-03-27T15:00:00+07:00', 'the window of the lamp closes; the damaged road is late');
  yield clock('2026-04-07T16:30:00+07:00', 'the unanswered case closes');
  yield clock('2026-04-10T08:00:00+07:00', 'and the one whose sender could not be told');
}

async function* passOn(stage: Stage, who: { person: string }, note: string, number: string): Story {
  const { by } = bound(stage);
  yield round('taken', by(who, 'take', 'familyCard', {}));
  yield round('accepted', by(who, 'accept', 'familyCard', {}));
  yield round('note issued', by(who, 'issue-product', 'familyCard', partial(note, number, who.person)));
  yield round('handed on', by(who, 'complete-stage', 'familyCard', {}));
}

async function answerAboutLamp(stage: Stage): Promise<void> {
  const citizen = stage.citizenOf('lamp');
  const { question } = await stage.intake.page(citizen);
  if (question === undefined) throw new Error('the page shows no question');
  await stage.intake.answer(citizen, { request: question.request, items: ['nomor tiang'], text: 'Nomornya T-118.' });
}

function bound(stage: Stage): { by: Stage['by'] } {
  return { by: stage.by.bind(stage) as Stage['by'] };
}

const partial = (product: string, number: string, signatory: string) => ({ product, partial: true, number, signatory });
const final = (product: string, number: string, signatory: string) => ({ product, partial: false, number, signatory });
