module.exports = { displayName: 'resolution', preset: '../../jest.preset.cjs', rootDir: __dirname };
