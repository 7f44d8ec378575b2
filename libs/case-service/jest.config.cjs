module.exports = { displayName: 'case-service', preset: '../../jest.preset.cjs', rootDir: __dirname };
