module.exports = { displayName: 'servers', preset: '../../jest.preset.cjs', rootDir: __dirname };
