import { rolesFile } from './shapes';
import { SourceFile } from './source-file';
import { CatalogueInvalidError } from './problems';

export const roles = [
  'village_officer',
  'village_head',
  'district_counter',
  'district_head',
  'agency_officer',
  'agency_head',
  'quality_unit',
  'inspectorate',
  'secretary',
  'auditor',
  'operator',
] as const;
export type Role = (typeof roles)[number];

/**
 * o assigned to me, u my unit, b my unit and those below it, a all, n never, t treasury and not on a case one works on,
 * d only the unit that a dispute was routed to, s only while standing in.
 */
export type Scope = 'o' | 'u' | 'b' | 'a' | 'n' | 't' | 'd' | 's';

/** `roles.yaml` as it is read: verbs by role, and what belongs to the citizen or to a program alone. */
export interface Roles {
  readonly verbs: Readonly<Record<string, Readonly<Record<Role, Scope>>>>;
  readonly codeHolderOnly: readonly string[];
  readonly codeHolderOrConfirmedMandate: readonly string[];
  readonly clockOrCitizenOnly: readonly string[];
  readonly programs: Readonly<Record<string, readonly string[]>>;
}

/** Reads and checks `roles.yaml` of a folder alone; throws CatalogueInvalidError with every problem. */
export function loadRoles(folder: string): Roles {
  const file = SourceFile.read(folder, 'roles.yaml');
  const read = readRoles(file);
  if (read === undefined || file.problems.length > 0) throw new CatalogueInvalidError(file.problems);
  return read;
}

export function readRoles(file: SourceFile): Roles | undefined {
  const content = file.check(file.content(), rolesFile);
  if (content === undefined) return undefined;
  const columns = content.columns.filter(isRole);
  content.columns.forEach((column, i) => {
    if (!isRole(column))
      file.problem(['columns', i], 'ROLE_UNKNOWN', `no role "${column}"`, `known: ${roles.join(', ')}`);
  });
  for (const role of roles)
    if (!columns.includes(role)) file.problem(['columns'], 'ROLE_UNKNOWN', `role "${role}" has no column`, 'add it');
  for (const [verb, scopes] of Object.entries(content.verbs))
    if (scopes.length !== content.columns.length)
      file.problem(
        ['verbs', verb],
        'ROW_LENGTH',
        `${scopes.length} places for ${content.columns.length} columns`,
        'one place a column',
      );
  checkPrograms(file, content);
  return {
    verbs: Object.fromEntries(
      Object.entries(content.verbs).map(([verb, scopes]) => [verb, rowOf(content.columns, scopes)]),
    ),
    codeHolderOnly: content.code_holder_only,
    codeHolderOrConfirmedMandate: content.code_holder_or_confirmed_mandate,
    clockOrCitizenOnly: content.clock_or_citizen_only,
    programs: content.programs,
  };
}

function rowOf(columns: readonly string[], scopes: readonly Scope[]): Record<Role, Scope> {
  // A column that is missing has been reported; "never" keeps the value harmless until it is corrected.
  const scopeOf = (role: Role): Scope => scopes[columns.indexOf(role)] ?? 'n';
  return Object.fromEntries(roles.map((role) => [role, scopeOf(role)])) as Record<Role, Scope>;
}

function checkPrograms(
  file: SourceFile,
  content: { verbs: object; programs: Readonly<Record<string, readonly string[]>> },
): void {
  for (const [program, verbs] of Object.entries(content.programs))
    verbs.forEach((verb, i) => {
      if (!(verb in content.verbs))
        file.problem(
          ['programs', program, i],
          'VERB_UNKNOWN',
          `no verb "${verb}"`,
          'a program gets verbs of the table above',
        );
    });
}

export function isRole(name: string): name is Role {
  return (roles as readonly string[]).includes(name);
}
