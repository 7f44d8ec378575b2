import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import {
  EventInvalidError,
  assertEvent,
  contexts,
  contractsEverOf,
  eventContracts,
  eventJsonSchemas,
  reservedNames,
  upcast,
  type RecordedEvent,
} from './index';

const samplesFolder = join(__dirname, '..', 'samples');
const sampleOf = (context: string, type: string, version: number): unknown => {
  const file = join(samplesFolder, context, `${type}.v${version}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
};
const cases = contexts.flatMap((context) =>
  Object.values(eventContracts[context]).map((contract) => ({ context, ...contract })),
);
const ajv = new Ajv2020({ strict: false, validateFormats: false });

describe('every event type', () => {
  it.each(cases)(
    '$context $type version $schemaVersion has a sample that keeps its contract',
    ({ context, type, schemaVersion }) => {
      const data = sampleOf(context, type, schemaVersion);
      expect(data).toBeDefined();
      assertEvent(context, { type, schemaVersion, data });
      const schema = eventJsonSchemas().get(`${context}/${type}.v${schemaVersion}.json`);
      expect(schema).toBeDefined();
      const keeps = ajv.compile(schema ?? false);
      expect(keeps(data) ? [] : keeps.errors).toEqual([]);
      expect(keeps({ caseId: 'not a case' })).toBe(false);
    },
  );

  it('has every version that was ever stored: its sample keeps it, and is read in the present shape', () => {
    for (const { context, type, schemaVersion: present } of cases) {
      const versions = contractsEverOf(context).filter((one) => one.type === type);
      const numbers = versions.map((one) => one.schemaVersion).sort((a, b) => a - b);
      expect([type, numbers]).toEqual([type, Array.from({ length: present }, (_, i) => i + 1)]);
      for (const { schemaVersion, schema } of versions) {
        const data = sampleOf(context, type, schemaVersion);
        expect([type, schemaVersion, schema.safeParse(data).success]).toEqual([type, schemaVersion, true]);
        const now = upcast({ type, schemaVersion, data } as RecordedEvent);
        expect([type, now.schemaVersion]).toEqual([type, present]);
        assertEvent(context, now);
      }
    }
  });

  it('has a name that no other type of its context reserved', () => {
    for (const context of contexts)
      expect(reservedNames[context].filter((name) => name in eventContracts[context])).toEqual([]);
  });
});

describe('assertEvent', () => {
  it('refuses a type, a version and a shape it does not know, without quoting values', () => {
    expect(() => assertEvent('intake', { type: 'CaseEaten', schemaVersion: 1, data: {} })).toThrow(EventInvalidError);
    expect(() => assertEvent('intake', { type: 'CaseSubmitted', schemaVersion: 9, data: {} })).toThrow(
      EventInvalidError,
    );
    expect(() =>
      assertEvent('routing', { type: 'CaseReleased', schemaVersion: 1, data: { caseId: 'Ibu Ani' } }),
    ).toThrow(/^(?!.*Ibu Ani).*caseId/);
  });
});

describe('upcast', () => {
  const stored = { type: 'CaseWithdrawn', schemaVersion: 1, data: { caseId: 'x' } } as unknown as RecordedEvent;
  it('leaves a fact at its present version as it is', () => expect(upcast(stored)).toBe(stored));
  it('goes step by step to the present version', () => {
    const table = {
      'CaseWithdrawn@1': (e: RecordedEvent) => ({
        ...e,
        schemaVersion: 2,
        data: { ...(e.data as object), why: 'unknown' },
      }),
      'CaseWithdrawn@2': (e: RecordedEvent) => ({ ...e, schemaVersion: 3 }),
    };
    expect(upcast(stored, table)).toMatchObject({ schemaVersion: 3, data: { caseId: 'x', why: 'unknown' } });
  });
});
