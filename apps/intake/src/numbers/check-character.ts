const M = 32;

/**
 * The hybrid system of ISO 7064 (MOD M+1, M) with M = 32: one check character of the same alphabet.
 * Finds every single wrong character, and of two neighbours swapped all but a share that is counted in the spec.
 */
export function checkValue(values: readonly number[]): number {
  return (M + 1 - productAfter(values)) % M;
}

/** True when the last value is the check value of those before it. */
export function checks(values: readonly number[]): boolean {
  return values.length > 1 && values.at(-1) === checkValue(values.slice(0, -1));
}

/** The running product of the standard: remainders modulo M are taken from 1 to M, then doubled modulo M + 1. */
function productAfter(values: readonly number[]): number {
  return values.reduce((product, value) => (((product + value) % M || M) * 2) % (M + 1), M);
}
