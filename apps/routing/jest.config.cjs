module.exports = { displayName: 'routing', preset: '../../jest.preset.cjs', rootDir: __dirname };
