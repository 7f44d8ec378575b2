import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  livingUnits,
  type CatalogueBundle,
  type RoutingPolicy,
  type StaffCommandName,
  type Unit,
  type WorkCalendar,
} from '@garda/contracts';
import { checkStandards, checkUnits } from './checks';
import { checkCalendars, checkPolicy } from './policy-checks';
import { CatalogueInvalidError } from './problems';
import { isRole, readRoles, roles, type Role, type Roles } from './roles';
import { calendarsFile, notesFile, policyShape, staffFile } from './shapes';
import { SourceFile } from './source-file';
import { readStandards } from './standards';
import { readUnits } from './units';

/** A person of the demo as the identity provider knows him. */
export interface StaffPerson {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly roles: readonly Role[];
}

/** What a note of an imported record stands for, by its type. */
export type NoteTable = Readonly<
  Record<string, { readonly commands: readonly StaffCommandName[]; readonly outcome?: string | undefined }>
>;

/** A folder of data, read and checked whole. */
export interface LoadedCatalogue {
  readonly bundle: CatalogueBundle;
  readonly roles: Roles;
  readonly staff: readonly StaffPerson[];
  /** Only where the folder has a notes.yaml: the tables of `import`. */
  readonly notes?: NoteTable;
}

/**
 * Reads a catalogue folder. Either everything in it holds together, or CatalogueInvalidError names every mistake with
 * file, line, column, code and hint. Nothing is read but the folder and the package of area codes.
 */
export function loadCatalogue(folder: string): LoadedCatalogue {
  const open = (name: string): SourceFile => SourceFile.read(folder, name);
  const files = {
    units: open('units.yaml'),
    standards: open('standards.yaml'),
    policy: open('policy.yaml'),
    calendar: open('calendar.yaml'),
    roles: open('roles.yaml'),
    staff: open('staff.demo.yaml'),
  };
  const { units, endings } = readUnits(files.units);
  const standards = readStandards(files.standards);
  const policy: RoutingPolicy | undefined = files.policy.check(files.policy.content(), policyShape);
  const calendars: WorkCalendar[] = files.calendar.check(files.calendar.content(), calendarsFile)?.calendars ?? [];
  const rights = readRoles(files.roles);
  const staff = readStaff(files.staff, units);
  const notes = existsSync(join(folder, 'notes.yaml')) ? readNotes(open('notes.yaml')) : undefined;
  checkUnits(files.units, units);
  // Without units every owner would be reported: only the cause is worth reading.
  if (files.units.problems.length === 0) {
    const living = livingUnits(units, endings);
    checkStandards(files.standards, standards, living);
    if (policy !== undefined)
      checkPolicy(files.policy, policy, { standards: standards.map((s) => s.value), units: living });
  }
  checkCalendars(files, calendars, standards);
  const problems = [...Object.values(files), ...(notes === undefined ? [] : [notes.file])].flatMap(
    (file) => file.problems,
  );
  if (problems.length > 0 || policy === undefined || rights === undefined) throw new CatalogueInvalidError(problems);
  return {
    bundle: { units, endings, calendars, policy, standards: standards.map((s) => s.value) },
    roles: rights,
    staff,
    ...(notes?.table === undefined ? {} : { notes: notes.table }),
  };
}

function readStaff(file: SourceFile, units: readonly Unit[]): StaffPerson[] {
  const content = file.check(file.content(), staffFile);
  const codes = new Set(units.map((unit) => unit.code));
  const ids = new Set<string>();
  return (content?.persons ?? []).map((person, i) => {
    const at = ['persons', i];
    if (ids.has(person.id))
      file.problem([...at, 'id'], 'CODE_REPEATED', `person ${person.id} is there twice`, 'ids are for ever');
    ids.add(person.id);
    if (codes.size > 0 && !codes.has(person.unit))
      file.problem([...at, 'unit'], 'UNIT_UNKNOWN', `no unit ${person.unit}`, 'see units.yaml');
    for (const role of person.roles)
      if (!isRole(role))
        file.problem([...at, 'roles'], 'ROLE_UNKNOWN', `no role "${role}"`, `known: ${roles.join(', ')}`);
    return { ...person, roles: person.roles.filter(isRole) };
  });
}

function readNotes(file: SourceFile): { file: SourceFile; table: NoteTable | undefined } {
  return { file, table: file.check(file.content(), notesFile)?.notes };
}
