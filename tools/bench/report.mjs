/** The answer of a suite in words. */

export function print(answer, say) {
  const { title, quick, rounds, figures, ratios, targets, integrity, notes, profile } = answer;
  say('');
  say(`${title}: medians of ${rounds} alternating rounds (min to max)`);
  if (quick) say('A quick run: it shows that everything works. Its figures mean nothing.');
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  for (const [name, figure] of Object.entries(figures)) say(`  ${name.padEnd(width)}  ${inWords(figure)}`);
  for (const [name, value] of Object.entries(ratios)) say(`  ratio ${name}: ${value ?? 'not measured'}`);
  for (const { name, wanted, seen, met } of targets)
    say(`  target ${name} ${wanted}: ${seen ?? 'not measured'}${met === null ? '' : met ? ', met' : ', NOT met'}`);
  for (const [name, found] of Object.entries(integrity)) say(`  checked, ${name}: ${JSON.stringify(found)}`);
  for (const note of notes) say(`  note: ${note}`);
  for (const name of ['settings', 'server', 'versions', 'machine']) say(`  ${name}: ${JSON.stringify(answer[name])}`);
  for (const table of profile) printProfile(table, say);
}

function inWords({ unit, median, min, max, ...more }) {
  const rest = Object.entries(more).map(([key, value]) => `, ${key} ${value}`);
  return `${median} ${unit} (${min} to ${max})${rest.join('')}`;
}

function printProfile({ name, seconds, places, functions }, say) {
  say('');
  say(`  where ${name} spends its ${seconds} s of work`);
  for (const { place, percent } of places) say(`    ${percent.toFixed(1).padStart(5)} %  ${place}`);
  say('    the busiest functions');
  for (const { place, percent } of functions) say(`    ${percent.toFixed(1).padStart(5)} %  ${place}`);
}
