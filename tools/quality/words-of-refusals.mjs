import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const impossible = new Set(['Error', 'RangeError', 'TypeError', 'ReferenceMissing']);

/** Which argument of `new …` says in words, for a developer, what the code or the class says for programs. */
function isOfWords({ key, parent }) {
  if (parent?.type !== 'NewExpression' || parent.callee.type !== 'Identifier') return false;
  return (parent.callee.name === 'Refusal' && key > 0) || impossible.has(parent.callee.name);
}

/** A rule promises its refusal's code; specs hold it to that, and to no sentence. */
const wordsOfRefusals = {
  shouldIgnore: (path) =>
    (path.isStringLiteral() || path.isTemplateLiteral()) && isOfWords(path)
      ? 'words beside the code of a refusal'
      : undefined,
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'words-of-refusals', wordsOfRefusals)];
