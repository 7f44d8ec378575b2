import { stringify } from 'yaml';
import { Roles } from '../src/rights/roles';
import { agreedCitizenVerbs, agreedColumns, agreedPrograms, agreedVerbs } from './agreed-roles';

/** The agreed table in the shape of the catalogue's file. */
export const agreedYaml = (): string =>
  stringify({
    columns: agreedColumns,
    verbs: Object.fromEntries(Object.entries(agreedVerbs).map(([verb, letters]) => [verb, [...letters]])),
    code_holder_only: agreedCitizenVerbs.slice(0, 8),
    code_holder_or_confirmed_mandate: agreedCitizenVerbs.slice(8, 10),
    clock_or_citizen_only: agreedCitizenVerbs.slice(10),
    programs: agreedPrograms,
  });

export const agreedRoles = (): Roles => Roles.parse(agreedYaml());
