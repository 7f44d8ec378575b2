import fc from 'fast-check';
import { checks, checkValue } from './check-character';
import { ALPHABET, characterOf } from './crockford';
import { NUMBERS, permute, unpermute } from './permutation';
import { orderOf, parsePublicNumber, publicNumber } from './public-number';

const key = Buffer.alloc(32, 7);
const anyN = fc.bigInt({ min: 0n, max: NUMBERS - 1n });
const anyValues = fc.array(fc.integer({ min: 0, max: 31 }), { minLength: 8, maxLength: 8 });

describe('the permutation', () => {
  it('is undone by its inverse, so no two cases share a number', () =>
    fc.assert(
      fc.property(anyN, (n) => unpermute(key, permute(key, n)) === n && permute(key, unpermute(key, n)) === n),
    ));

  it('stays within 40 bits and refuses what lies outside', () => {
    fc.assert(fc.property(anyN, (n) => permute(key, n) < NUMBERS));
    expect(() => permute(key, NUMBERS)).toThrow(RangeError);
    expect(() => permute(key, -1n)).toThrow(RangeError);
  });

  it('gives no neighbours to neighbours, and other numbers under another key', () => {
    const numbers = Array.from({ length: 1000 }, (_, i) => permute(key, BigInt(i)));
    const steps = numbers.slice(1).map((n, i) => n - (numbers[i] ?? 0n));
    expect(new Set(steps).size).toBe(steps.length);
    expect(numbers).not.toContain(permute(Buffer.alloc(32, 8), 0n));
  });
});

describe('the check character (ISO 7064, MOD 33,32)', () => {
  it('finds every single wrong character', () =>
    fc.assert(
      fc.property(anyValues, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 31 }), (values, at, by) => {
        const right = [...values, checkValue(values)];
        const wrong = right.map((value, i) => (i === at ? (value + by) % 32 : value));
        return checks(right) && !checks(wrong);
      }),
    ));

  it('finds two neighbours swapped, but for the few pairs that a hybrid system cannot tell apart', () => {
    let swapped = 0;
    let missed = 0;
    for (let before = 0; before < 32; before += 1)
      for (let a = 0; a < 32; a += 1)
        for (let b = 0; b < 32; b += 1) {
          if (a === b) continue;
          swapped += 1;
          const right = [before, a, b];
          if (checks([before, b, a, checkValue(right)])) missed += 1;
        }
    // Two in a thousand, the same for every number: the recurrence passes through every product.
    expect([missed, swapped]).toEqual([64, 31_744]);
  });

  it('agrees with the example of the same system that ISO 7064 prints for M = 10', () => {
    // The recurrence of the standard written out for M = 10: 0794 has the check digit 5.
    const product = [0, 7, 9, 4].reduce((p, a) => (((p + a) % 10 || 10) * 2) % 11, 10);
    expect((11 - product) % 10).toBe(5);
  });
});

describe('a public number', () => {
  it('has 8 characters and a check character, and is read back as written', () =>
    fc.assert(
      fc.property(anyN, (n) => {
        const number = publicNumber(key, n);
        return (
          /^[0-9A-HJKMNP-TV-Z]{9}$/.test(number) && parsePublicNumber(number) === number && orderOf(key, number) === n
        );
      }),
    ));

  it('is read in lower case, in groups, and with letters taken for digits', () => {
    const number = Array.from({ length: 2000 }, (_, i) => publicNumber(key, BigInt(i))).find(
      (n) => /0/.test(n) && /1/.test(n),
    );
    const typed = (number ?? '').toLowerCase().replaceAll('1', 'l').replaceAll('0', 'o');
    expect(parsePublicNumber(`${typed.slice(0, 4)}-${typed.slice(4, 8)} ${typed.slice(8)}`)).toBe(number);
    expect(parsePublicNumber(typed.replaceAll('l', 'i'))).toBe(number);
  });

  it('is refused when it is too long, too short, or holds a strange character', () => {
    const number = publicNumber(key, 1n);
    for (const typed of [
      number.slice(1),
      `${number}0`,
      `U${number.slice(1)}`,
      '',
      '-'.repeat(60),
      `${number.slice(0, 8)}*`,
    ])
      expect(parsePublicNumber(typed)).toBeUndefined();
  });

  it('uses the alphabet of Crockford', () => {
    expect(ALPHABET).toHaveLength(32);
    expect(characterOf(31)).toBe('Z');
    expect(() => characterOf(32)).toThrow(RangeError);
  });
});
