import type { CatalogueBundle, IntakeData } from '@garda/contracts';
import { EventLog } from '@garda/event-store';
import { editionOf } from '../../test/edition-of';
import { bundle, program, publish, staff, withIntake } from '../../test/harness';
import { lamp, submit } from '../../test/submissions';

const intake = withIntake({ catalogue: false });
const quality = staff('upkp2.officer', 'upkp2');
const head = async () => new EventLog({ pool: intake().database.pool }).head();
const withStandard = (code: string, more: object, of = bundle): CatalogueBundle => ({
  ...of,
  standards: of.standards.map((standard) => (standard.code === code ? { ...standard, ...more } : standard)),
});
/** The next edition of the street light. */
const faster = withStandard('HB-01', {
  version: editionOf('HB-01') + 1,
  stages: [{ tier: 'agency', kind: 'condition', time: '3wd' }],
});

describe('publishing a catalogue', () => {
  it('refuses one whose parts do not fit, and then publishes nothing at all', async () => {
    const broken = {
      ...bundle,
      standards: bundle.standards.map((s) => (s.code === 'HB-01' ? { ...s, owner: 'nobody' } : s)),
    };
    const reply = await publish(intake(), broken);
    expect([reply.status, reply.json['code']]).toEqual([422, 'CATALOGUE_INVALID']);
    expect(reply.json['detail']).toContain('HB-01');
    const orphan = { ...bundle, units: bundle.units.map((u, i) => (i === 0 ? { ...u, parent: 'nowhere' } : u)) };
    expect((await publish(intake(), orphan)).json['code']).toBe('CATALOGUE_INVALID');
    const twice = { ...bundle, standards: [...bundle.standards, ...bundle.standards.slice(0, 1)] };
    expect((await publish(intake(), twice)).json['code']).toBe('CATALOGUE_INVALID');
    const late = withStandard('HB-01', { validFrom: '2099-01-01' });
    expect((await publish(intake(), late)).json['code']).toBe('CATALOGUE_INVALID');
    expect((await publish(intake(), { ...bundle, units: [] })).json['code']).toBe('BAD_REQUEST');
    expect(await head()).toBe(0n);
    expect((await intake().post('/cases', lamp)).json['code']).toBe('STANDARD_UNKNOWN');
  });

  it('publishes all of it in one append, and the caller can file at once', async () => {
    const reply = await publish(intake());
    const items = bundle.units.length + bundle.standards.length + bundle.calendars.length + 1;
    expect([reply.status, reply.json['published'], reply.json['unchanged']]).toEqual([200, items, 0]);
    expect(await head()).toBe(BigInt(items));
    expect((await submit(intake())).number).toHaveLength(9);
  });

  it('publishes nothing when nothing changed, for anybody', async () => {
    const before = await head();
    expect((await publish(intake())).json).toMatchObject({ published: 0 });
    expect((await publish(intake(), bundle, quality)).json).toMatchObject({ published: 0 });
    expect(await head()).toBe(before);
  });

  it('is closed to the program setup once something is there', async () => {
    const reply = await publish(
      intake(),
      withStandard('HB-01', { version: editionOf('HB-01') + 1, keywords: ['dark'] }),
    );
    expect([reply.status, reply.json['code']]).toEqual([409, 'SETUP_CLOSED']);
  });

  it('never edits an edition: what changed needs the next number', async () => {
    for (const version of [editionOf('HB-01'), editionOf('HB-01') + 2])
      expect(
        (await publish(intake(), withStandard('HB-01', { version, keywords: ['dark'] }), quality)).json['code'],
      ).toBe('VERSION_NOT_NEXT');
    const calendars = bundle.calendars.map((calendar) => ({ ...calendar, daysOff: [] }));
    expect((await publish(intake(), { ...bundle, calendars }, quality)).json['code']).toBe('VERSION_NOT_NEXT');
  });

  it('publishes only what changed, supersedes the old edition, and leaves filed cases their terms', async () => {
    const before = await submit(intake());
    const reply = await publish(intake(), faster, quality);
    expect(reply.json).toMatchObject({ published: 1, streams: ['standard-HB-01'] });
    const stream = await new EventLog({ pool: intake().database.pool }).readStream('standard-HB-01');
    expect(stream.map((event) => [event.type, event.version])).toEqual([
      ['StandardPublished', 1],
      ['StandardSuperseded', 2],
      ['StandardPublished', 3],
    ]);
    expect(stream[1]?.data).toEqual({ code: 'HB-01', version: editionOf('HB-01'), by: editionOf('HB-01') + 1 });
    const after = await submit(intake());
    expect([before.dueAt, after.dueAt]).toEqual(['2026-03-09T09:00:00.000Z', '2026-03-05T09:00:00.000Z']);
    const [old] = await intake().events(before.caseId);
    expect((old?.data as IntakeData<'CaseSubmitted'>).terms.standardVersion).toBe(editionOf('HB-01'));
  });

  it('lets one of two publishers at once win, whole', async () => {
    const next = withStandard('PU-01', { version: editionOf('PU-01') + 1, keywords: ['hole'] }, faster);
    const replies = await Promise.all([publish(intake(), next, quality), publish(intake(), next, quality)]);
    const codes = replies.map(({ status }) => status).sort();
    expect(codes[0]).toBe(200);
    expect([200, 409]).toContain(codes[1]);
    expect((await new EventLog({ pool: intake().database.pool }).readStream('standard-PU-01')).length).toBe(3);
  });

  it('is not for whoever has another verb', async () => {
    const reply = await intake().internal(
      '/internal/catalogue',
      { actor: program('setup'), verb: 'case.file' },
      bundle,
    );
    expect(reply.json['code']).toBe('TOKEN_NOT_FOR_THIS');
  });
});

describe('the standards', () => {
  it('are listed in pages, published ones only, in the reader’s language', async () => {
    const first = await intake().get('/standards?limit=5');
    expect(first.json['items']).toHaveLength(5);
    expect(first.headers['link']).toMatch(/^<\/standards\?limit=5&cursor=[\w-]+>; rel="next"$/);
    const codes: string[] = [];
    for (let path: string | undefined = '/standards?limit=5'; path !== undefined;) {
      const page = await intake().get(path);
      codes.push(...(page.json['items'] as unknown as { code: string }[]).map(({ code }) => code));
      path = /<([^>]+)>/.exec(page.headers['link'] ?? '')?.[1];
    }
    const published = bundle.standards.filter(({ status }) => status === 'published').map(({ code }) => code);
    expect(codes).toEqual(published.sort());
    expect((await intake().get('/standards?cursor=nonsense')).json['code']).toBe('CURSOR_INVALID');
    const indonesian = await intake().get('/standards?limit=100', { 'accept-language': 'id' });
    expect(indonesian.json['items']).toContainEqual(
      expect.objectContaining({
        code: 'HB-01',
        name: 'Lampu jalan padam',
        cost: { amount: 0, currency: 'IDR', words: 'Rp 0' },
      }),
    );
  });

  it('are shown whole by code', async () => {
    expect((await intake().get('/standards/PU-01')).json).toMatchObject({
      code: 'PU-01',
      owner: 'regency_roads',
      version: editionOf('PU-01') + 1,
    });
    expect((await intake().get('/standards/NONE')).status).toBe(404);
  });
});
