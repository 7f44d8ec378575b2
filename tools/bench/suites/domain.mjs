/** Decisions on a case of thirty facts: folded, decided and checked as a service does it; no I/O, one core. */
import { atLeast, figure, median, ratio, rounded, totals } from '../figures.mjs';
import { alternate } from '../rounds.mjs';

export const title = 'decisions on a case of 30 facts, on one core, without any I/O';
export const plan = {
  full: { rounds: 5, seconds: 3 },
  quick: { rounds: 1, seconds: 0.3 },
};
const wanted = 100_000;

export async function measure(room) {
  const { rounds, seconds } = room.plan;
  const checks = { garda: [], 'JSON clone': [] };
  const once = async ({ name, engine }, round) => {
    const work = (args) => room.work('decide', { engine, seconds }, args);
    const result = engine === 'rules' ? await room.profiled('decide', work) : await work([]);
    const { decided, answered, different } = result;
    checks[name].push({ acknowledged: decided, missing: decided - answered, different });
    room.say(`round ${round}: ${name}: ${Math.round(result.perSecond)}/s, ${JSON.stringify(checks[name].at(-1))}`);
    return result;
  };
  const contestants = [
    { name: 'garda', engine: 'rules' },
    { name: 'JSON clone', engine: 'clone' },
  ];
  const runs = await alternate(rounds, contestants, once);
  const rate = (name) =>
    figure(
      'decisions/s',
      runs[name].map((run) => run.perSecond),
    );
  const figures = { garda: rate('garda'), 'JSON clone': rate('JSON clone') };
  return {
    figures,
    ratios: { 'garda / JSON clone': ratio(figures.garda, figures['JSON clone']) },
    targets: [atLeast('decisions a second', wanted, figures.garda.median)],
    integrity: { garda: totals(checks.garda), 'JSON clone': totals(checks['JSON clone']) },
    server: 'none',
    notes: [
      'Ours folds 30 recorded facts by the rules of resolution, decides `progress`, and checks the new fact by its contract.',
      'Beside it: a loop that copies the state by JSON for each of the same facts and sets what the fact says. No rule, no check.',
      ...(figures.garda.median < wanted ? [whereItGoes(runs.garda)] : []),
    ],
  };
}

/** Each part measured alone in the same process, so that they add up to the whole but for the loop around them. */
function whereItGoes(runs) {
  const part = (name) => rounded(median(runs.map((run) => run.parts[name])), 2);
  return `Where the time goes, in µs a decision: folding 30 facts ${part('fold')}, the rule ${part('rule')}, the contract ${part('contract')}.`;
}
