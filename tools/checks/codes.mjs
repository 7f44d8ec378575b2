/**
 * Every code of the table of problems is raised by something and expected by a spec. A code that nothing raises promises
 * what never comes; one that no spec expects can change under a client without anybody seeing it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { checkout } from '../bootstrap/prepare.mjs';

const table = 'libs/service/src/problems.ts';
/** Lists of codes, which raise none of them. */
const lists = new Set([table, 'libs/contracts/src/refusals.ts']);

const codes = namesIn(read(table));
const files = ['apps', 'libs', 'tools/operator', 'tools/servers'].flatMap(sourcesBelow);
const specs = files.filter((file) => file.endsWith('.spec.ts'));
const programs = files.filter((file) => !file.endsWith('.spec.ts') && !/\/(test|testing)\//.test(file));
const raised = union(programs.filter((file) => !lists.has(file)).map((file) => raisedIn(read(file))));
const expected = union(specs.map((file) => expectedIn(read(file))));

const problems = [
  ...problemsOf(codes, { raised, expected }),
  ...(codes.length < 50 ? [`${table}: only ${codes.length} codes were found; is the table called otherwise now?`] : []),
  ...blindSpots(),
];
if (problems.length > 0) {
  console.error(`The table of problems (${table}):\n  ${problems.join('\n  ')}`);
  console.error('A spec that calls what raises the code must name it as what it expects, over HTTP or of a rule.');
}
process.exitCode = problems.length === 0 ? 0 : 1;

function problemsOf(all, { raised, expected }) {
  return all.flatMap((code) => {
    if (!raised.has(code)) return [`${code}: nothing raises it; take it out of the table until something does`];
    return expected.has(code) ? [] : [`${code}: no spec expects it; write one that makes it come`];
  });
}

/** The check must see what it is for: planted texts, judged as files are. */
function blindSpots() {
  const judged = (program, spec) =>
    problemsOf(['PLANTED'], { raised: raisedIn(program), expected: expectedIn(spec) }).length === 0;
  const program = `throw new Problem('PLANTED');`;
  const planted = [
    [judged(program, `expect(reply.code).toBe('PLANTED');`), true, 'a code in an expectation'],
    [judged(program, `const wanted = { PLANTED: 404 };`), true, 'a code as a key of a table'],
    [judged(program, `it('says PLANTED', () => {}); // 'PLANTED'`), false, 'a code in words only'],
    [judged(program, `fails(new Problem('PLANTED'));`), false, 'a code that only the spec throws'],
    [judged(`const all = ['PLANTED']; type Code = 'PLANTED';`, `toBe('PLANTED')`), false, 'a code that is only listed'],
    [judged(`if (code === 'PLANTED') stop();`, `toBe('PLANTED')`), false, 'a code that is only compared'],
  ];
  return planted.filter(([seen, wanted]) => seen !== wanted).map(([, , what]) => `this check is blind to ${what}`);
}

/** The keys of `problems`. */
function namesIn(text) {
  const names = [];
  visit(text, (node) => {
    if (!ts.isVariableDeclaration(node) || node.name.getText() !== 'problems') return;
    let value = node.initializer;
    while (ts.isSatisfiesExpression(value) || ts.isAsExpression(value)) value = value.expression;
    names.push(...value.properties.map((property) => property.name.getText()));
  });
  return names;
}

/** Words in quotes, but for types, lists and what is only compared. */
function raisedIn(text) {
  const found = new Set();
  visit(text, (node) => {
    if (ts.isStringLiteral(node) && !isNoSource(node.parent)) found.add(node.text);
  });
  return found;
}

function isNoSource(parent) {
  if (ts.isLiteralTypeNode(parent) || ts.isArrayLiteralExpression(parent)) return true;
  return ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText());
}

/** Words in quotes and keys, but for what the spec itself makes an error of. */
function expectedIn(text) {
  const found = new Set();
  visit(text, (node) => {
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) found.add(node.name.text);
    else if (ts.isStringLiteral(node) && !ts.isNewExpression(node.parent)) found.add(node.text);
  });
  return found;
}

function visit(text, look) {
  const file = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true);
  const go = (node) => {
    look(node);
    node.forEachChild(go);
  };
  go(file);
}

function sourcesBelow(folder) {
  return readdirSync(join(checkout, folder), { recursive: true })
    .filter((name) => name.endsWith('.ts') && !/(^|\/)(node_modules|dist)\//.test(name))
    .map((name) => `${folder}/${name}`);
}

function read(file) {
  return readFileSync(join(checkout, file), 'utf8');
}

function union(sets) {
  return new Set(sets.flatMap((set) => [...set]));
}
