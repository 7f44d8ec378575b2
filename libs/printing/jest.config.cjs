module.exports = { displayName: 'printing', preset: '../../jest.preset.cjs', rootDir: __dirname };
