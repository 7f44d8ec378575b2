const { readdirSync, existsSync } = require('node:fs');
const { join } = require('node:path');

/** Every project that has a jest configuration; one run counts all tests. */
const projects = ['libs', 'apps', 'tools'].flatMap((room) =>
  readdirSync(join(__dirname, room))
    .map((name) => join(__dirname, room, name))
    .filter((folder) => existsSync(join(folder, 'jest.config.cjs'))),
);
module.exports = { projects };
