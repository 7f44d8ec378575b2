module.exports = { displayName: 'catalogue', preset: '../../jest.preset.cjs', rootDir: __dirname };
