module.exports = { displayName: 'personal-data', preset: '../../jest.preset.cjs', rootDir: __dirname };
