/**
 * Every command of staff and of the citizen has a spec in which it is accepted, and one for each refusal that its own rule
 * gives. Read from the specs of the domain as they are written: what stands in `when(...)`, with the names that it goes by
 * in its file, is what is tried; `then`, `thenNothing` and `expect` are told to accept it, `thenRefused`, `toThrow` and
 * what names a code to refuse it. A table of `it.each` speaks for every row in it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { checkout } from '../bootstrap/prepare.mjs';

const { staffCommands, refusalCodes: known } = await import('../../libs/contracts/dist/index.js');
const refusalCodes = [...known, 'NO_SOIL'];
const domain = 'libs/domain/src';
const accepting = /^(then|thenNothing|toEqual|toMatchObject|toBe)$/;
const refusing = /^(thenRefused|toThrow|toThrowError)$/;
/** Whatever the search tries says nothing about one row. */
const searches = /(search|causes|interleaving)\.spec\.ts$/;

const files = readdirSync(join(checkout, domain), { recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `${domain}/${name}`);
const rules = new Map(
  files.filter((file) => !file.endsWith('.spec.ts')).flatMap((file) => [...rulesIn(parse(read(file)))]),
);
const tried = files
  .filter((file) => file.endsWith('.spec.ts') && !searches.test(file))
  .flatMap((file) => triedIn(parse(read(file))));
const rows = rowsOf();

const problems = [...rows.flatMap((row) => problemsOf(row, tried)), ...blindSpots()];
if (rows.length < 55) problems.push(`only ${rows.length} commands were found; are the tables called otherwise now?`);
if (problems.length > 0) {
  console.error(`The tables of commands:\n  ${problems.join('\n  ')}`);
  console.error(
    'Write a spec beside the rule: given these facts, when this command, then these facts or this refusal.',
  );
}
process.exitCode = problems.length === 0 ? 0 : 1;

/** A command by the names that a spec may call it, and the refusals that its own function throws. */
function rowsOf() {
  const tables = ['intake', 'routing', 'resolution'].flatMap((context) =>
    tableIn(parse(read(`${domain}/${context}/commands.ts`))),
  );
  const rule = new Map(tables);
  const staff = Object.keys(staffCommands).map((name) => {
    const own = rule.get(name) ?? name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    return { name, names: [name, own], codes: rules.get(own) };
  });
  const citizen = [...importedIn(parse(read('apps/intake/src/citizen/citizen.controller.ts'))), 'submitCase'];
  return [...staff, ...citizen.map((own) => ({ name: own, names: [own], codes: rules.get(own) }))];
}

function problemsOf({ name, names, codes }, all) {
  if (codes === undefined) return [`${name}: its rule ${names.at(-1)} was not found`];
  const own = all.filter((one) => names.some((known) => one.names.has(known)));
  const missing = [...codes].filter((code) => !own.some((one) => one.refused.has(code)));
  return [
    ...(own.some((one) => one.accepted) ? [] : [`${name}: no spec in which it is accepted`]),
    ...missing.map((code) => `${name}: no spec in which it is refused with ${code}`),
  ];
}

/** Function → codes of the refusals that it throws itself. */
function rulesIn(file) {
  const found = new Map();
  for (const node of file.statements)
    if (ts.isFunctionDeclaration(node) && node.name !== undefined) {
      const codes = new Set();
      visit(node, (inner) => {
        if (
          ts.isNewExpression(inner) &&
          inner.expression.getText() === 'Refusal' &&
          ts.isStringLiteral(inner.arguments[0])
        )
          codes.add(inner.arguments[0].text);
      });
      found.set(node.name.text, codes);
    }
  return found;
}

/** Command → rule, of an object literal that is called ...Commands. */
function tableIn(file) {
  const found = [];
  visit(file, (node) => {
    if (!ts.isVariableDeclaration(node) || !/Commands$/.test(node.name.getText())) return;
    for (const property of node.initializer.properties)
      found.push([property.name.text, property.initializer.getText()]);
  });
  return found;
}

function importedIn(file) {
  const from = file.statements.find(
    (one) => ts.isImportDeclaration(one) && one.moduleSpecifier.text === '@garda/domain',
  );
  return from.importClause.namedBindings.elements.filter((one) => !one.isTypeOnly).map((one) => one.name.text);
}

/** What a spec tries, and how it expects it to end. */
function triedIn(file) {
  const known = new Map();
  visit(file, (node) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined)
      known.set(node.name.text, node.initializer);
  });
  const found = [];
  visit(file, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const verdict = node.expression.name.text;
    const [accepted, refused] = [accepting.test(verdict), refusing.test(verdict)];
    if (!accepted && !refused) return;
    const names = new Set();
    for (const argument of subjectOf(node.expression.expression)) collect(argument, known, names);
    const said = new Set();
    for (const argument of node.arguments) collect(argument, known, said);
    // A rule whose outcome is caught by the spec: what it is compared with is a code, or it is none.
    const codes = new Set([...said].filter((word) => refusalCodes.includes(word)));
    found.push({ names, accepted: accepted && codes.size === 0, refused: codes });
  });
  return found;
}

/** The arguments of `when` or `expect` in the chain before the verdict. */
function subjectOf(chain) {
  for (let at = chain; ; at = at.expression) {
    if (ts.isCallExpression(at) && /(^|\.)(when|expect)$/.test(at.expression.getText())) return at.arguments;
    if (!ts.isCallExpression(at) && !ts.isPropertyAccessExpression(at)) {
      return ts.isIdentifier(at) ? [at] : [];
    }
  }
}

/** Words in quotes and names in an expression, and what those names stand for in the file or in the table of `it.each`. */
function collect(node, known, into, passed = new Set()) {
  visit(node, (inner) => {
    if (ts.isStringLiteral(inner)) into.add(inner.text);
    if (!ts.isIdentifier(inner)) return;
    into.add(inner.text);
    const meaning = tableOver(inner) ?? known.get(inner.text);
    if (meaning === undefined || passed.has(meaning)) return;
    passed.add(meaning);
    collect(meaning, known, into, passed);
  });
}

/** What a name runs over: the rows of `it.each`, or the list of a `for`. */
function tableOver(name) {
  for (let at = name.parent; at !== undefined; at = at.parent) {
    if (ts.isForOfStatement(at) && at.initializer.getText().split(/\W+/).includes(name.text)) return at.expression;
    if (!ts.isArrowFunction(at) || !at.parameters.some((one) => one.name.getText().split(/\W+/).includes(name.text)))
      continue;
    const call = at.parent;
    const each = ts.isCallExpression(call) && ts.isCallExpression(call.expression) ? call.expression : undefined;
    if (each !== undefined && /\.each$/.test(each.expression.getText())) return each.arguments[0];
  }
  return undefined;
}

/** The check must see what it is for: planted specs, judged as files are. */
function blindSpots() {
  const row = { name: 'plant', names: ['plant', 'plantIt'], codes: new Set(['NO_SOIL']) };
  const judged = (text) => problemsOf(row, triedIn(parse(text))).length;
  const accepted = `given().when(by('plant')).then(planted);`;
  const refused = `given().when(by('plant')).thenRefused('NO_SOIL');`;
  const planted = [
    [judged(accepted + refused), 0, 'a command that has its specs'],
    [
      judged(`const it1 = by('plant'); given().when(it1).then(x); given().when(it1).thenRefused('NO_SOIL');`),
      0,
      'a name of its own',
    ],
    [
      judged(
        `${accepted} it.each([['plant', 'NO_SOIL']])('%s', (name, code) => given().when(by(name)).thenRefused(code));`,
      ),
      0,
      'a table',
    ],
    [judged(`${accepted} expect(() => plantIt(state)).toThrow('NO_SOIL');`), 0, 'a rule that is called'],
    [
      judged(`${accepted} const outcome = plantIt(state); expect(outcome).toBe('NO_SOIL');`),
      0,
      'an outcome that is caught',
    ],
    [judged(accepted), 1, 'a refusal without a spec'],
    [judged(refused), 1, 'a command that is never accepted'],
    [judged(`it('plant is then refused with NO_SOIL', () => {});`), 2, 'a command in words only'],
    [
      judged(`given(by('plant')).when(other).then(x); given().when(other).thenRefused('NO_SOIL');`),
      2,
      'what is only given',
    ],
  ];
  return planted
    .filter(([seen, wanted]) => seen !== wanted)
    .map(([seen, , what]) => `this check is blind to ${what} (${seen})`);
}

function parse(text) {
  return ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true);
}

function read(file) {
  return readFileSync(join(checkout, file), 'utf8');
}

function visit(node, look) {
  look(node);
  node.forEachChild((inner) => visit(inner, look));
}
