/**
 * Runs contestants in turn. Who goes first changes from round to round: a machine that slows down must not fall on one
 * of them alone. `once(contestant, round)` answers one run; the answer is all runs by name.
 */
export async function alternate(rounds, contestants, once) {
  const runs = Object.fromEntries(contestants.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    const order = round % 2 === 1 ? contestants : [...contestants].reverse();
    for (const one of order) runs[one.name].push(await once(one, round));
  }
  return runs;
}

/** Polls until it holds. */
export async function until(holds, { withinMs = 60_000, everyMs = 20, what = 'it' } = {}) {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what} did not come true within ${withinMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
