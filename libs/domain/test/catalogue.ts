import type { RoutingPolicy, ServiceStandard, Unit, WorkCalendar } from '@garda/contracts';
import { Catalogue, type CatalogueRows } from '../src/shared/catalogue';

const unit = (code: string, more: Partial<Unit> & Pick<Unit, 'tier'>): Unit => ({
  code,
  version: 1,
  name: code,
  kind: 'ordinary',
  functions: [],
  oversight: 'line',
  ...more,
});

export const units: readonly Unit[] = [
  unit('setda', { tier: 'regency', kind: 'secretariat' }),
  unit('upkp2', { tier: 'regency', kind: 'quality', parent: 'setda', functions: ['triage', 'disputes'] }),
  unit('inspektorat', { tier: 'regency', kind: 'oversight', parent: 'setda', functions: ['levy'] }),
  unit('disdukcapil', { tier: 'agency', parent: 'setda', functions: ['population_documents'] }),
  unit('dpupr', { tier: 'agency', parent: 'setda', functions: ['regency_roads'] }),
  unit('dishub', { tier: 'agency', parent: 'setda', functions: ['street_lights_regency'] }),
  unit('bpkpad', { tier: 'agency', kind: 'treasury', parent: 'setda' }),
  unit('x-bptd', { tier: 'external', functions: ['street_lights_national'] }),
  unit('x-ombudsman', { tier: 'external', functions: ['appeal'] }),
  unit('kec-01', { tier: 'district', parent: 'setda', area: '33.25.01' }),
  unit('desa-a', { tier: 'village', parent: 'kec-01', oversight: 'guidance', area: '33.25.01.2001' }),
  unit('kel-b', { tier: 'village', parent: 'kec-01', area: '33.25.01.1002' }),
];

/** Monday to Thursday 8–12 and 13–16, Friday 8–11 and 13–16; two days off in March. */
export const calendar: WorkCalendar = {
  version: '2026.1',
  zone: 'Asia/Jakarta',
  firstDay: '2026-01-01',
  lastDay: '2026-12-31',
  officeHours: {
    ...Object.fromEntries(
      ['1', '2', '3', '4'].map((day) => [
        day,
        [
          { from: '08:00', to: '12:00' },
          { from: '13:00', to: '16:00' },
        ],
      ]),
    ),
    '5': [
      { from: '08:00', to: '11:00' },
      { from: '13:00', to: '16:00' },
    ],
  },
  daysOff: ['2026-01-01', '2026-03-19', '2026-03-20'].map((date) => ({
    date,
    name: date,
    kind: 'national' as const,
    source: 'invented',
  })),
};

export const policy: RoutingPolicy = {
  version: 1,
  rules: [
    { when: { kind: 'levy' }, to: { function: 'levy' } },
    { when: { standard: 'HB-01', attribute: { road_class: 'national' } }, suggest: { refer: 'x-bptd' } },
    { when: { stage: ['village'] }, to: { area: 'village' } },
    { when: { stage: ['district'] }, to: { area: 'district' } },
    { when: { stage: ['agency', 'regency'] }, to: { owner: true } },
  ],
  conflict: { oversight: 'secretariat', secretariat: 'x-ombudsman' },
  // What a unit of the regency decides, a person finds somebody for.
  disputes: {
    village: [{ function: 'disputes' }, { kind: 'oversight' }, 'x-ombudsman'],
    district: ['x-ombudsman'],
    agency: [{ function: 'disputes' }, { kind: 'oversight' }],
    levy: [{ kind: 'secretariat' }, 'x-ombudsman'],
  },
};

const reportedUnit: ServiceStandard['attributes'][number] = {
  code: 'reported_unit',
  datatype: 'string',
  required: false,
  personal: false,
  order: 1,
  words: { id: 'unit', en: 'unit' },
  values: [],
};

const standard = (code: string, more: Partial<ServiceStandard> & Pick<ServiceStandard, 'kind' | 'stages'>) => ({
  code,
  version: 1,
  words: { id: code, en: code },
  status: 'published' as const,
  publicity: 'count' as const,
  owner: 'population_documents',
  entry: ['citizen' as const, 'village' as const, 'district' as const],
  identity: ['named' as const],
  content: ['private' as const],
  requirements: [],
  attributes: [],
  informationOnly: [],
  answerWithin: '10wd',
  disputeWithin: '10wd',
  validFrom: '2026-01-01',
  decree: 'invented',
  source: 'A',
  keywords: [],
  ...more,
});

const tariff = { basis: 'Perda (invented)', payee: 'regional_treasury', validFrom: '2026-01-01' };

const complaint = {
  kind: 'complaint' as const,
  publicity: 'place' as const,
  identity: ['named' as const, 'withheld' as const, 'none' as const],
  content: ['public' as const, 'private' as const],
  answerWithin: '30d',
};

export const standards: readonly ServiceStandard[] = [
  standard('DS-02', {
    kind: 'request',
    owner: 'village',
    entry: ['village', 'citizen'],
    product: 'village_letter',
    stages: [{ tier: 'village', kind: 'condition', time: '1wd' }],
    requirements: ['KTP copy'],
  }),
  standard('DK-01', {
    kind: 'request',
    entry: ['agency', 'district', 'village', 'citizen'],
    product: 'population_document',
    stages: [
      { tier: 'village', kind: 'assist', time: '1wd', partial: 'file receipt' },
      { tier: 'district', kind: 'assist', time: '2wd' },
      { tier: 'agency', kind: 'condition', time: '3wd' },
    ],
    requirements: ['old KK'],
  }),
  standard('PU-01', {
    ...complaint,
    owner: 'regency_roads',
    stages: [{ tier: 'agency', kind: 'condition', time: '14wd' }],
    product: 'repair',
    attributes: [
      {
        code: 'size',
        datatype: 'singlevaluelist',
        required: false,
        personal: false,
        order: 1,
        words: { id: 'ukuran', en: 'size' },
        values: [{ key: 'large', words: { id: 'besar', en: 'large' } }],
      },
    ],
  }),
  standard('HB-01', {
    ...complaint,
    owner: 'street_lights_regency',
    stages: [{ tier: 'agency', kind: 'condition', time: '5wd' }],
    attributes: [
      {
        code: 'road_class',
        datatype: 'string',
        required: true,
        personal: false,
        order: 1,
        words: { id: 'kelas jalan', en: 'road class' },
        values: [],
      },
      {
        code: 'customer_number',
        datatype: 'number',
        required: false,
        personal: true,
        order: 2,
        words: { id: 'nomor', en: 'number' },
        values: [],
      },
    ],
  }),
  standard('UM-01', {
    ...complaint,
    publicity: 'count',
    owner: 'triage',
    entry: ['citizen', 'district', 'agency'],
    stages: [{ tier: 'regency', kind: 'condition', time: '14wd' }],
    attributes: [reportedUnit],
  }),
  standard('UM-04', {
    kind: 'information',
    owner: 'street_lights_regency',
    entry: ['citizen'],
    product: 'copy',
    stages: [
      { tier: 'agency', kind: 'condition', time: '10wd', firstStep: '3wd', extension: '7wd', withSupervision: '60wd' },
    ],
  }),
  standard('LH-02', {
    kind: 'request',
    owner: 'street_lights_regency',
    entry: ['citizen'],
    product: 'service',
    stages: [{ tier: 'agency', kind: 'condition', time: '3wd' }],
    tariff: [
      { ...tariff, line: 'KAKUS-1', kind: 'retribusi', amount: 150_000 },
      { ...tariff, line: 'CAP-1', kind: 'capped_cost', ceiling: 100_000 },
      { ...tariff, line: 'LATE-1', kind: 'penalty', amount: 50_000, enabled: false },
      { ...tariff, line: 'OLD-1', kind: 'penalty', amount: 1_000, validUntil: '2026-01-31' },
    ],
  }),
  standard('LV-01', {
    kind: 'levy',
    owner: 'levy',
    identity: ['none', 'withheld', 'named'],
    entry: ['citizen', 'oversight'],
    product: 'finding',
    stages: [{ tier: 'regency', kind: 'condition', time: '60wd', firstStep: '3wd' }],
    attributes: [reportedUnit],
  }),
  standard('KC-09', {
    kind: 'request',
    status: 'concept',
    stages: [{ tier: 'agency', kind: 'condition', time: '1wd' }],
  }),
];

export const rows: CatalogueRows = { standards, units, calendars: [calendar], policies: [policy] };
export const catalogue = new Catalogue(rows);
