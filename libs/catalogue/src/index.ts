export { loadCatalogue } from './load';
export type { LoadedCatalogue, NoteTable, StaffPerson } from './load';
export { CatalogueInvalidError, describeProblem } from './problems';
export type { CatalogueProblem, CatalogueProblemCode } from './problems';
export { loadRoles, roles } from './roles';
export type { Role, Roles, Scope } from './roles';
