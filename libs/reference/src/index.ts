export * from './handlers';
export * from './store';
export { ensureReference, referenceRowOf, type ReferenceRow } from './table';
