/** From single runs to medians, ratios and the answer to the targets. */

export function summary(runs) {
  const rates = runs.map((run) => run.perSecond).sort((a, b) => a - b);
  const middle = (list) => list[Math.floor(list.length / 2)];
  const of = (name) => {
    const values = runs.map((run) => run[name]).filter((value) => value !== null);
    return values.length === 0 ? null : round(middle(values.sort((a, b) => a - b)), 2);
  };
  return {
    median: Math.round(middle(rates)),
    min: Math.round(rates[0]),
    max: Math.round(rates.at(-1)),
    p50: of('p50'),
    p99: of('p99'),
  };
}

const round = (value, digits) => Number(value.toFixed(digits));
const ratio = (a, b) => (a === undefined || b === undefined ? null : round(a.median / b.median, 2));

/** `figures[peer][callers]` are summaries; pgbench has one, at its own number of clients. */
export function ratios(figures) {
  const { garda, emmett, pgbench } = figures;
  const toEmmett = Object.fromEntries(
    Object.keys(garda).map((callers) => [callers, ratio(garda[callers], emmett[callers])]),
  );
  return { toEmmett, toPgbenchAt64: pgbench === undefined ? null : ratio(garda[64], Object.values(pgbench)[0]) };
}

export function targets({ toEmmett, toPgbenchAt64 }) {
  const one = (name, wanted, seen) => ({ name, wanted, seen, met: seen === null ? null : seen >= wanted });
  return [
    one('garda / emmett at 64 callers', 4, toEmmett[64]),
    one('garda at 64 callers / pgbench with 16 clients', 1, toPgbenchAt64),
    one('garda / emmett at 1 caller', 1.3, toEmmett[1]),
  ];
}

export function integrityOf(runs) {
  const sum = (name) => runs.reduce((total, run) => total + (run.integrity[name] ?? 0), 0);
  const acknowledged = runs.reduce((total, run) => total + run.acknowledged, 0);
  const failed = runs.reduce((total, run) => total + run.failed, 0);
  return { acknowledged, failed, missing: sum('missing'), doubled: sum('doubled'), holes: sum('holes') };
}

export function print({ figures, ratios: seen, targets: goals, integrity, server, emmettPools, rounds }, say) {
  say('');
  say(`durable appends per second, one event a call: median of ${rounds} alternating runs (min to max), p99 in ms`);
  for (const [peer, byCallers] of Object.entries(figures)) {
    for (const [callers, s] of Object.entries(byCallers)) {
      const pool = peer === 'emmett' ? `, pool ${emmettPools[callers]}` : '';
      const p99 = s.p99 === null ? '' : `, p99 ${s.p99}`;
      const range = `(${s.min} to ${s.max})`;
      say(`  ${peer.padEnd(8)} ${callers.padStart(4)} callers ${String(s.median).padStart(7)} ${range}${p99}${pool}`);
    }
  }
  say(
    `  garda / emmett: ${Object.entries(seen.toEmmett)
      .map(([callers, r]) => `${r} at ${callers}`)
      .join(', ')}`,
  );
  for (const { name, wanted, seen: value, met } of goals) {
    say(`  target ${name} >= ${wanted}: ${value ?? 'not measured'}${met === null ? '' : met ? ', met' : ', NOT met'}`);
  }
  for (const [peer, found] of Object.entries(integrity)) say(`  ${peer}: ${JSON.stringify(found)}`);
  say(`  server: ${JSON.stringify(server)}`);
}
