module.exports = { displayName: 'analyst', preset: '../../jest.preset.cjs', rootDir: __dirname };
