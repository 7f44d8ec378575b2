/** Crockford's base 32: no I, L, O (taken for digits) and no U. */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const valueOf = new Map([...ALPHABET].map((character, value) => [character, value]));

export function characterOf(value: number): string {
  const character = ALPHABET[value];
  if (character === undefined) throw new RangeError(`${value} is no value of a base 32 character`);
  return character;
}

/** The values of what a person typed: any case, hyphens and blanks anywhere, I and L for 1, O for 0; else undefined. */
export function valuesOf(typed: string): number[] | undefined {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replaceAll('O', '0');
  const values = [...plain].map((character) => valueOf.get(character));
  return values.every((value) => value !== undefined) ? values : undefined;
}
