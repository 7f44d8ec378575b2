import { addIdleCase, addImport, append, appendBeside, hasElement, hasProperty, removeElement } from './edits.mjs';
import { MakeError } from './make-error.mjs';
import { templates } from './templates.mjs';

const capital = (word) => word[0].toUpperCase() + word.slice(1);
const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const staff = 'libs/contracts/src/commands/staff.ts';

/**
 * A staff command of routing or resolution that brings one new event: contract, rule, fold, sample, spec. Its routes and
 * its place in the OpenAPI document follow from the contract.
 */
export function newCommand(files, [context, name], { event, verb, slice, says }) {
  const template = templates[context];
  if (template === undefined)
    throw new MakeError(
      'CONTEXT_BY_HAND',
      'Say routing or resolution: the commands of intake are few, each in its own way, and written by hand.',
    );
  check({ name, event, verb, slice, says });
  const events = `libs/contracts/src/events/${context}.ts`;
  const [contracts, reserved] = [`${context}Events`, `reserved${capital(context)}Names`];
  if (hasProperty(files.read(staff), 'staffCommands', name))
    throw new MakeError('COMMAND_EXISTS', `There is a command ${name}.`);
  if (!hasElement(files.read(events), reserved, event))
    throw new MakeError(
      'EVENT_NOT_RESERVED',
      `${event} is no name of ${reserved} in ${events}: names are agreed first.`,
    );
  if (!new RegExp(`^ +${verb.replace('.', '\\.')}:`, 'm').test(files.read('catalogue/batang/roles.yaml')))
    throw new MakeError('VERB_UNKNOWN', `No right ${verb} in catalogue/batang/roles.yaml.`);

  const of = { name, event, says, slice, rule: camel(name) };
  const domain = `libs/domain/src/${context}`;
  files.change(events, (text) => append(removeElement(text, reserved, event), contracts, template.contract(of)));
  files.create(`libs/contracts/samples/${context}/${event}.v1.json`, `${JSON.stringify(template.sample, null, 2)}\n`);
  const quoted = JSON.stringify(name);
  files.change(staff, (text) =>
    append(text, 'staffCommands', `${quoted}: command('${context}', '${verb}', ${JSON.stringify(says)}, nothing)`),
  );
  files.change('libs/contracts/src/causes.ts', (text) => append(text, `${context}Causes`, `${event}: by(${quoted})`));
  files.create(`${domain}/${slice}.ts`, template.rule(of));
  files.create(`${domain}/${slice}.spec.ts`, template.spec(of));
  files.change(`${domain}/commands.ts`, (text) =>
    append(addImport(text, of.rule, `./${slice}`), `${context}Commands`, `${quoted}: ${of.rule}`),
  );
  files.change(`${domain}/evolve.ts`, (text) => addIdleCase(text, event));
  if (template.bodies) files.change(`${domain}/commands.spec.ts`, (text) => append(text, 'bodies', `${quoted}: {}`));
  files.change('libs/domain/test/moves.ts', (text) => appendBeside(text, ...template.move(of)));
  return [
    `${staff}: what the command says (its body), instead of nothing`,
    `${events}: what ${event} tells, and the same in its sample`,
    `${domain}/${slice}.ts and its spec: when it is refused`,
    `${domain}/evolve.ts: what ${event} does to the case`,
    `libs/domain/test/moves.ts: the search that looks for dead ends sends the command; with a body, if it needs one`,
    `libs/catalogue/src/causes.spec.ts: who may cause ${event}, as the domain says it`,
    '`npm run generate -- --states`: the page of the state machines, as that search sees them',
  ];
}

function check(words) {
  const shapes = {
    name: /^[a-z]+(-[a-z]+)*$/,
    event: /^[A-Z][A-Za-z]{2,59}$/,
    verb: /^[a-z]+\.[a-z]+$/,
    slice: /^[a-z]+(-[a-z]+)*$/,
    says: /^[^\n]{3,120}$/,
  };
  for (const [word, shape] of Object.entries(shapes))
    if (!shape.test(words[word] ?? '')) throw new MakeError('WORDS_INVALID', `${word} must look like ${shape.source}.`);
}
