/** From single runs to medians, ratios and the answer to targets. Pure. */

export const rounded = (value, digits = 2) => (value === null ? null : Number(value.toFixed(digits)));

const ascending = (values) => [...values].sort((a, b) => a - b);

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values) {
  if (values.length === 0) return null;
  const sorted = ascending(values);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[Math.floor(half)];
}

/** The value that a part of all does not exceed (nearest rank): `percentile(latencies, 0.99)`. */
export function percentile(values, part) {
  if (values.length === 0) return null;
  return ascending(values)[Math.max(0, Math.ceil(values.length * part) - 1)];
}

/** What is kept of many waits of one run, in milliseconds. */
export function spread(latencies) {
  return { p50: rounded(percentile(latencies, 0.5), 3), p99: rounded(percentile(latencies, 0.99), 3) };
}

/** `runs`: one number a round. */
export function figure(unit, runs, more = {}) {
  return {
    unit,
    median: rounded(median(runs)),
    min: rounded(Math.min(...runs)),
    max: rounded(Math.max(...runs)),
    ...more,
  };
}

/** Ours to the peer's; null when one of them was not measured. */
export function ratio(ours, peers) {
  if (ours === undefined || peers === undefined || peers.median === 0) return null;
  return rounded(ours.median / peers.median);
}

export const atLeast = (name, wanted, seen) => judged(name, `>= ${wanted}`, seen, (value) => value >= wanted);
export const atMost = (name, wanted, seen) => judged(name, `<= ${wanted}`, seen, (value) => value <= wanted);
export const below = (name, wanted, seen) => judged(name, `< ${wanted}`, seen, (value) => value < wanted);

function judged(name, wanted, seen, holds) {
  const value = seen ?? null;
  return { name, wanted, seen: value, met: value === null ? null : holds(value) };
}

/** Adds up what each run's check found. */
export function totals(checks) {
  const names = [...new Set(checks.flatMap((check) => Object.keys(check)))];
  return Object.fromEntries(names.map((name) => [name, checks.reduce((sum, check) => sum + (check[name] ?? 0), 0)]));
}

/** What was acknowledged against what is stored: `missing` and `doubled` must be 0. */
export function integrity(acknowledged, { stored, different, ...more }) {
  return { acknowledged, missing: Math.max(0, acknowledged - different), doubled: stored - different, ...more };
}

/** What must be 0 in the check of ours; anything else that was counted is only told. */
const faults = ['missing', 'doubled', 'holes', 'disordered', 'different', 'parked'];

/** 1 when ours lost, doubled or disordered anything, or when a full run missed a target. */
export function exitCode({ integrity: checks, targets, quick }) {
  const ours = checks.garda ?? {};
  const damaged = faults.some((name) => (ours[name] ?? 0) > 0);
  const missed = !quick && targets.some(({ met }) => met === false);
  return damaged || missed ? 1 : 0;
}
