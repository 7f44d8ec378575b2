/**
 * Jest's words for Mocha, which keeps the rules loaded while one break after the other is switched on. Jest loads them
 * again for each: a run of all of them would take a night.
 */
const { expect } = require('expect');
const { configureGlobal } = require('fast-check');
const { bind } = require('jest-each');
const { interfaces } = require('mocha');

const { bdd } = interfaces;
interfaces.bdd = (suite) => {
  bdd(suite);
  suite.on('pre-require', (context) => {
    context.it.each = bind(context.it, true);
    context.describe.each = bind(context.describe, false);
    Object.assign(context, { expect, test: context.it, beforeAll: context.before, afterAll: context.after });
  });
};

// A law that was broken on purpose is broken: its smallest example is nobody's business. What the examples of a tenth of
// a second do not show counts as survived, though the specs themselves try more.
configureGlobal({ endOnFailure: true, interruptAfterTimeLimit: 100 });
