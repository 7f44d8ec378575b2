import type { CatalogueBundle } from '@garda/contracts';
import { EventLog } from '@garda/event-store';
import { editionOf } from '../../test/edition-of';
import { bundle, publish, staff, withIntake } from '../../test/harness';

const intake = withIntake();
const quality = staff('upkp2.officer', 'upkp2');
const compare = async (of: CatalogueBundle) =>
  (await intake().internal('/internal/catalogue/diff', { actor: quality, verb: 'standard.publish' }, of)).json;
const streamOf = (name: string) => new EventLog({ pool: intake().database.pool }).readStream(name);

const upkp2 = bundle.units.find(({ code }) => code === 'upkp2');
if (upkp2 === undefined) throw new Error('no quality unit');
/** The regency's organisation bureau, which is to come after the quality unit. */
const bureau = { ...upkp2, code: 'biro-baru', name: 'Bagian Organisasi' };
const ending = { unit: 'upkp2', successor: 'biro-baru', on: '2026-03-02' };
const reform: CatalogueBundle = { ...bundle, units: [...bundle.units, bureau], endings: [ending] };

describe('a unit that ends', () => {
  it('is not published without a successor who can do what it did, nor before its day', async () => {
    const refused = async (of: CatalogueBundle) => {
      const { json } = await publish(intake(), of, quality);
      return [json['code'], json['detail']];
    };
    const lost = await refused({ ...reform, units: [...bundle.units, { ...bureau, functions: [], kind: 'ordinary' }] });
    expect(lost).toEqual(['CATALOGUE_INVALID', expect.stringMatching(/"disputes".*no unit is of kind quality/)]);
    expect((await refused({ ...reform, units: bundle.units }))[1]).toContain('no unit biro-baru; nobody has "triage"');
    const later = await refused({ ...reform, endings: [{ ...ending, on: '2026-12-31' }] });
    expect(later).toEqual(['CATALOGUE_INVALID', expect.stringContaining('publish that on the day')]);
    expect((await streamOf('unit-upkp2')).map(({ type }) => type)).toEqual(['UnitPublished']);
  });

  it('is told of before it is published: what is new, what ends', async () => {
    expect(await compare(reform)).toMatchObject({
      wrong: [],
      unchanged: bundle.units.length + bundle.standards.length + bundle.calendars.length,
      differences: [
        { item: 'unit-upkp2', change: 'ended', successor: 'biro-baru', on: '2026-03-02' },
        { item: 'unit-biro-baru', change: 'new', to: 1 },
      ],
    });
    const from = editionOf('HB-01');
    const standards = bundle.standards.map((one) =>
      one.code === 'HB-01' ? { ...one, version: from + 1, keywords: ['dark'] } : one,
    );
    const edited = { ...bundle.policy, conflict: {} };
    expect(await compare({ ...bundle, standards, policy: edited, units: [] })).toMatchObject({ code: 'BAD_REQUEST' });
    expect(await compare({ ...bundle, standards, policy: edited })).toMatchObject({
      differences: [
        { item: 'policy', change: 'refused', fields: ['conflict'], code: 'VERSION_NOT_NEXT' },
        { item: 'standard-HB-01', change: 'edition', from, to: from + 1, fields: ['keywords'], supersedes: from },
      ],
    });
    expect((await compare({ ...reform, units: bundle.units }))['wrong']).toContain('no unit biro-baru');
    expect(await streamOf('unit-biro-baru')).toEqual([]);
  });

  it('is one fact in its own stream, and the same again is nothing', async () => {
    expect((await publish(intake(), reform, quality)).json).toMatchObject({
      published: 2,
      streams: ['unit-upkp2', 'unit-biro-baru'],
    });
    expect((await streamOf('unit-upkp2')).map(({ type, data }) => [type, data]).at(-1)).toEqual(['UnitEnded', ending]);
    expect((await publish(intake(), reform, quality)).json).toMatchObject({ published: 0 });
  });

  it('stays ended, as it was said, and has no more editions', async () => {
    for (const of of [
      bundle,
      { ...reform, endings: [{ ...ending, on: '2026-03-01' }] },
      { ...reform, units: reform.units.map((one) => (one.code === 'upkp2' ? { ...one, version: 2, name: 'x' } : one)) },
    ]) {
      expect((await publish(intake(), of, quality)).json['code']).toBe('UNIT_ENDED');
      expect((await compare(of))['differences']).toMatchObject([{ item: 'unit-upkp2', code: 'UNIT_ENDED' }]);
    }
  });
});
