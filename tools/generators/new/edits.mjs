/** Edits of TypeScript by its syntax tree, so that comments and order stay as somebody wrote them. */
import ts from 'typescript';

const treeOf = (text) => ts.createSourceFile('edited.ts', text, ts.ScriptTarget.Latest, true);

function findIn(node, wanted) {
  if (wanted(node)) return node;
  return ts.forEachChild(node, (child) => findIn(child, wanted));
}

/** The literal that a constant of the file is, under `as const` and `satisfies`. */
function literalOf(text, name) {
  const found = findIn(treeOf(text), (node) => ts.isVariableDeclaration(node) && node.name.getText() === name);
  let value = found?.initializer;
  while (value !== undefined && (ts.isAsExpression(value) || ts.isSatisfiesExpression(value))) value = value.expression;
  if (value === undefined) throw new Error(`no constant ${name}`);
  return value;
}

const nameOf = (property) => property.name?.text ?? property.name?.getText();
const cut = (text, from, to, by = '') => text.slice(0, from) + by + text.slice(to);

export function hasProperty(text, constant, name) {
  return literalOf(text, constant).properties.some((property) => nameOf(property) === name);
}

/** Adds a property, or an element, at the end of a literal. */
export function append(text, constant, added) {
  return appendTo(text, literalOf(text, constant), added);
}

function appendTo(text, literal, added) {
  const members = literal.properties ?? literal.elements;
  const at = literal.getEnd() - 1;
  const comma = members.length > 0 && !members.hasTrailingComma ? ',' : '';
  return cut(text, at, at, `${comma}\n${added},\n`);
}

export function hasElement(text, constant, value) {
  return literalOf(text, constant).elements.some((element) => element.text === value);
}

export function removeElement(text, constant, value) {
  const { elements } = literalOf(text, constant);
  const at = elements.findIndex((element) => element.text === value);
  return cut(text, elements[at].getFullStart(), elements[at + 1]?.getFullStart() ?? elements.end);
}

/** Adds an element at the end of the list that holds an element with this text. */
export function appendBeside(text, present, added) {
  const list = findIn(
    treeOf(text),
    (node) => ts.isArrayLiteralExpression(node) && node.elements.some((one) => one.getText().startsWith(present)),
  );
  if (list === undefined) throw new Error(`no list with ${present}`);
  return appendTo(text, list, added);
}

/** Adds an import behind the last one. */
export function addImport(text, name, from) {
  const imports = treeOf(text).statements.filter(ts.isImportDeclaration);
  const at = imports.at(-1)?.getEnd() ?? 0;
  return cut(text, at, at, `\nimport { ${name} } from '${from}';`);
}

/** Adds a fact that changes nothing to the first switch of `evolveKnown`. */
export function addIdleCase(text, type) {
  const fold = findIn(treeOf(text), (node) => ts.isFunctionDeclaration(node) && node.name?.text === 'evolveKnown');
  const clauses = fold && findIn(fold, ts.isCaseBlock)?.clauses;
  if (clauses === undefined) throw new Error('no switch in evolveKnown');
  const idle = clauses.find((one) => one.statements[0]?.getText() === 'return state;');
  const at = (idle ?? clauses.at(-1)).getStart();
  return cut(text, at, at, idle === undefined ? `case '${type}':\nreturn state;\n` : `case '${type}':\n`);
}

/** The version and the schema of an event's contract, and the text with the version raised by one. */
export function raiseVersion(text, constant, type) {
  const property = literalOf(text, constant).properties.find((one) => nameOf(one) === type);
  const [, version, schema] = property.initializer.arguments;
  const before = Number(version.getText());
  return {
    before,
    schema: schema.getText(),
    text: cut(text, version.getStart(), version.getEnd(), String(before + 1)),
  };
}
