/**
 * Plants one breach of every kind of boundary and expects lint to find each. A rule that was switched off, or whose
 * tags no longer match any project, would otherwise look exactly like a clean project.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { checkout, refreshProjectGraph } from '../bootstrap/prepare.mjs';

/** Where a file is planted, what it says, and the rule that must complain. */
const breaches = [
  ['libs/contracts', "import '@garda/event-store';", 'a contract must not know a platform library', boundary],
  ['libs/domain', "import '@garda/event-store';", 'the rules must not know a platform library', boundary],
  ['libs/domain', "import 'pg';", 'the rules must not know a database', boundary],
  ['libs/event-store', "import '@garda/messaging';", 'shared code must not depend on code of services', boundary],
  ['apps/routing', "import '../../intake/src/main';", 'an app must not reach into another', boundary],
  ['apps/routing', "import '@garda/servers';", 'an app must not depend on a tool', boundary],
  ['apps/routing', "import '@garda/testing';", 'only specs may use testing', boundary],
  ['libs/domain', 'export const planted: any = 1;', 'no `any`', '@typescript-eslint/no-explicit-any'],
];

function boundary(rule) {
  return rule === '@nx/enforce-module-boundaries';
}

refreshProjectGraph();
const missed = [];
for (const [project, text, why, expected] of breaches) {
  const found = await rulesAgainst(project, text);
  const matches = typeof expected === 'string' ? (rule) => rule === expected : expected;
  if (!found.some(matches)) {
    missed.push(`${project}: ${text}   (${why})`);
  }
}
if (missed.length > 0) {
  console.error(`Lint does not see these planted breaches:\n  ${missed.join('\n  ')}`);
  console.error('Look at the tags in the project.json files and at depConstraints in eslint.config.mjs.');
}
process.exitCode = missed.length === 0 ? 0 : 1;

/** The rules that complain about this text in this project. The file must exist for the rule to know its project. */
async function rulesAgainst(project, text) {
  const file = join(checkout, project, 'src', `planted-${process.pid}.ts`);
  writeFileSync(file, `${text}\n`);
  try {
    const [result] = await new ESLint({ cwd: checkout }).lintFiles([file]);
    return result.messages.map((message) => message.ruleId);
  } finally {
    rmSync(file);
  }
}
