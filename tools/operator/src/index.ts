export { runDemo } from './demo/run';
export { runImport } from './import/run';
export { openInstance } from './instance';
