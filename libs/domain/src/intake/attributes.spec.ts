import type { AttributeDefinition, AttributeValues } from '@garda/contracts';
import { catalogue } from '../../test/catalogue';
import { checkAttributes, splitAttributes } from './attributes';

const road = catalogue.standard('PU-01');
if (road === undefined) throw new Error('no standard');

type Asked = Partial<AttributeDefinition> & Pick<AttributeDefinition, 'code'>;
const values = ['small', 'large'].map((key) => ({ key, words: { id: key, en: key } }));
const asking = (...asked: readonly Asked[]) => ({
  ...road,
  attributes: asked.map((one, order) => ({
    ...{ datatype: 'string' as const, required: false, personal: false, words: { id: 'x', en: 'x' }, values: [] },
    ...{ order, ...one },
  })),
});
/** Nothing where it is taken, else the code of the refusal. */
function refusalOf(standard: typeof road, given: AttributeValues): unknown {
  try {
    checkAttributes(standard as NonNullable<typeof road>, given);
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe('an answer', () => {
  it.each<[AttributeDefinition['datatype'], valid: AttributeValues[string][], invalid: AttributeValues[string][]]>([
    ['string', ['anything', ' '], [['one', 'two']]],
    ['text', ['anything\nat all'], [['one']]],
    ['number', ['0', '12', '-3.5', ' 7 '], ['x', '12 m', ' ', '1e999', ['12']]],
    [
      'datetime',
      ['2026-02-02', '2026-02-02T08:00:00+07:00'],
      [
        'yesterday',
        '2026',
        '2026-2-2',
        '02 Feb 2026',
        'on 2026-02-02',
        '2026-02-42',
        '2026-02-30',
        '2026-02-02 at noon',
        ['2026-02-02'],
      ],
    ],
    ['singlevaluelist', ['small', 'large'], ['huge', 'small,large', ['small']]],
    ['multivaluelist', ['small', ['large'], ['large', 'small']], ['huge', ['small', 'huge'], ['small', 'small']]],
  ])('of the kind %s', (datatype, valid, invalid) => {
    const standard = asking({ code: 'asked', datatype, values: datatype.endsWith('list') ? values : [] });
    const refused = (asked: AttributeValues[string]) => refusalOf(standard, { asked });
    expect(valid.map(refused)).toEqual(valid.map(() => undefined));
    expect(invalid.map(refused)).toEqual(invalid.map(() => 'ATTRIBUTE_INVALID'));
  });

  it('is needed where it is required, and may be left out or left empty elsewhere', () => {
    for (const nothing of [{}, { asked: '' }, { asked: [] }]) {
      expect(refusalOf(asking({ code: 'asked', required: true }), nothing)).toBe('ATTRIBUTE_MISSING');
      expect(refusalOf(asking({ code: 'asked', datatype: 'number' }), nothing)).toBeUndefined();
    }
    expect(refusalOf(asking({ code: 'asked', required: true }), { asked: 'x' })).toBeUndefined();
  });

  it('is to a question of the standard', () => {
    const standard = asking({ code: 'asked' }, { code: 'asked too' });
    expect(refusalOf(standard, { asked: 'x', 'asked too': 'y' })).toBeUndefined();
    expect(refusalOf(standard, { asked: 'x', unasked: 'y' })).toBe('ATTRIBUTE_UNKNOWN');
  });
});

it('what is personal is sealed, the rest the policy may read', () => {
  const standard = asking({ code: 'size' }, { code: 'number', personal: true });
  expect(splitAttributes(standard, { size: 'large', number: '12' })).toEqual({
    open: { size: 'large' },
    personal: { number: '12' },
  });
});
