/** The specs of the rules that are quick enough to run once a mutant: the searches over whole houses take minutes. */
const domain = require('../../libs/domain/jest.config.cjs');

module.exports = { ...domain, testPathIgnorePatterns: ['search\\.spec', 'interleaving\\.spec'] };
