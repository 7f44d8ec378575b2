import type { z } from 'zod';
import type { submission } from '@garda/contracts';
import { citizens, kaliboyoOfficer, tulisOfficer } from './people';
import type { Stage } from './stage';
import type { CaseName } from './table';

type Submission = z.input<typeof submission>;

const tulis = '33.25.10.2007';
const kaliboyo = '33.25.10.2004';

const letter = { standard: 'DS-02', identity: 'named', content: 'private', area: tulis } as const;

/** What citizens hand in over the public door. Words and places are invented. */
const online: readonly (readonly [CaseName, Submission])[] = [
  [
    'letter',
    {
      ...letter,
      person: citizens.wati,
      description: 'Untuk mendaftar sekolah anak.',
      attributes: { purpose: 'Sekolah' },
    },
  ],
  [
    'withdrawn',
    { ...letter, person: citizens.karno, description: 'Untuk membuka rekening.', attributes: { purpose: 'Bank' } },
  ],
  [
    'silence',
    { ...letter, person: citizens.gito, description: 'Untuk melamar kerja.', attributes: { purpose: 'Lamaran' } },
  ],
  [
    'lamp',
    {
      standard: 'HB-01',
      identity: 'none',
      content: 'public',
      description: 'Lampu di depan balai desa padam sejak tiga malam.',
      objectPlace: { areaCode: tulis, lat: -6.9531, long: 109.8217 },
      attributes: { road_class: 'regency', since: '3 malam' },
    },
  ],
  [
    'nationalRoad',
    {
      standard: 'HB-01',
      identity: 'named',
      content: 'public',
      person: citizens.sulis,
      description: 'Lampu di jalan pantura padam.',
      objectPlace: { areaCode: '33.25.10', lat: -6.9237, long: 109.8345 },
      attributes: { road_class: 'national' },
    },
  ],
  [
    'coastLamp',
    {
      standard: 'HB-01',
      identity: 'named',
      content: 'public',
      person: citizens.suryo,
      description: 'Tiga lampu di jalan pantai padam.',
      objectPlace: { areaCode: '33.25.10', lat: -6.9219, long: 109.8391 },
      attributes: { road_class: 'national' },
    },
  ],
  [
    'nobody',
    {
      standard: 'PU-01',
      identity: 'named',
      content: 'public',
      person: citizens.parmi,
      description: 'Jalan berlubang dalam di tikungan.',
      objectPlace: { areaCode: kaliboyo, lat: -6.9702, long: 109.8301 },
      attributes: { road_class: 'regency', danger: 'yes' },
    },
  ],
  [
    'objection',
    {
      standard: 'PU-01',
      identity: 'named',
      content: 'public',
      person: citizens.tini,
      description: 'Jalan ambles di depan sekolah.',
      objectPlace: { areaCode: tulis, lat: -6.9547, long: 109.8254 },
      attributes: { road_class: 'regency', danger: 'yes' },
    },
  ],
  ['waste', wasteOf(citizens.darto, 'withheld')],
  ['sameWaste', wasteOf(citizens.yanti, 'named')],
  [
    'question',
    {
      standard: 'UM-03',
      identity: 'named',
      content: 'private',
      person: citizens.mirna,
      description: 'Apa saja syarat akta kelahiran untuk anak yang lahir di rumah?',
    },
  ],
  [
    'rejected',
    {
      standard: 'PU-01',
      identity: 'named',
      content: 'public',
      person: citizens.joyo,
      description: 'Jalan yang sama seperti tahun lalu, mohon diaspal ulang.',
      objectPlace: { areaCode: tulis },
    },
  ],
];

function wasteOf(person: Submission['person'], identity: Submission['identity']): Submission {
  return {
    standard: 'LH-01',
    identity,
    content: 'public',
    person,
    description: 'Sampah di pasar tidak diangkut seminggu.',
    objectPlace: { areaCode: tulis, lat: -6.9519, long: 109.8226 },
    attributes: { kind_of_place: 'market' },
  };
}

export function fileOnline(stage: Stage): (() => Promise<void>)[] {
  return online.map(
    ([name, body]) =>
      async () =>
        stage.enter(name, await stage.intake.submit(body)),
  );
}

/** At the desk of Tulis, for a citizen who stands there: named, without slip and code. */
export async function fileFamilyCard(stage: Stage): Promise<void> {
  const filed = await stage.gateway.file(tulisOfficer, {
    submission: {
      standard: 'DK-01',
      identity: 'named',
      content: 'private',
      person: citizens.tejo,
      description: 'Menambah anak yang baru lahir.',
      area: tulis,
      attributes: { change: 'birth' },
    },
  });
  stage.enter('familyCard', { caseId: filed.caseId, number: filed.number });
}

export async function fileCoverLetter(stage: Stage): Promise<void> {
  const filed = await stage.gateway.file(kaliboyoOfficer, {
    submission: {
      standard: 'DS-01',
      identity: 'named',
      content: 'private',
      person: citizens.lina,
      description: 'Surat pengantar untuk SKCK.',
      area: kaliboyo,
      attributes: { purpose: 'Melamar kerja' },
    },
  });
  stage.enter('coverLetter', { caseId: filed.caseId, number: filed.number });
}

/**
 * As another city's program or a phone app sends it: form fields and an API key, nobody's name. It is given the number
 * alone; staff find the case by it once the round has come to rest.
 */
export async function fileOpen311(stage: Stage, apiKey: string): Promise<void> {
  const number = await stage.intake.report([
    ['api_key', apiKey],
    ['service_code', 'PU-01'],
    ['lat', '-6.9614'],
    ['long', '109.8188'],
    ['address_id', kaliboyo],
    ['description', 'Lubang besar dekat jembatan.'],
    ['attribute[road_class]', 'regency'],
  ]);
  stage.enter('open311', { number });
}
