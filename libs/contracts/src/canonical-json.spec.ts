import fc from 'fast-check';
import { canonicalJson } from './canonical-json';

const shuffled = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(shuffled)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, member]) => [key, shuffled(member)]),
        )
      : value;

describe('canonicalJson', () => {
  it('writes one text for one value, whatever the order of its keys', () =>
    fc.assert(fc.property(fc.jsonValue(), (value) => canonicalJson(shuffled(value)) === canonicalJson(value))));
  it('loses nothing', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    ));
  it('sorts keys by code unit, few or many, also those that look like numbers', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.nat(), { maxKeys: 80, size: 'max' }), (value) => {
        const keys = Object.keys(value).sort();
        const members = keys.map((key) => `${JSON.stringify(key)}:${value[key]}`);
        expect(canonicalJson(value)).toBe(`{${members.join()}}`);
      }),
    ));
  it('writes what stands in for an object, at any depth', () => {
    const short = (value: Readonly<Record<string, unknown>>) => ('long' in value ? { short: true } : value);
    expect(canonicalJson([{ b: [{ long: 1 }], a: { long: 2 } }], short)).toBe(
      '[{"a":{"short":true},"b":[{"short":true}]}]',
    );
  });
  it('leaves undefined members out and refuses what JSON cannot say', () => {
    expect(canonicalJson({ b: 1, a: undefined })).toBe('{"b":1}');
    expect(() => canonicalJson(Number.NaN)).toThrow(TypeError);
    expect(() => canonicalJson(() => 1)).toThrow(TypeError);
  });
});
