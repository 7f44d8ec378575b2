export * from './handlers';
export * from './store';
export { createReferenceTable, referenceRowOf, type ReferenceRow } from './table';
