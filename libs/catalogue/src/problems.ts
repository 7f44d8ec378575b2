/** Why a folder of data is refused. Contract: a code is never renamed. */
export type CatalogueProblemCode =
  | 'FILE_MISSING'
  | 'YAML_INVALID'
  | 'SHAPE_INVALID'
  | 'FIELD_UNKNOWN'
  | 'CODE_REPEATED'
  | 'UNIT_UNKNOWN'
  | 'UNIT_LOOP'
  | 'SUCCESSOR_UNFIT'
  | 'STAND_IN_MISSING'
  | 'FUNCTION_LOST'
  | 'KIND_LOST'
  | 'FUNCTION_UNKNOWN'
  | 'FUNCTION_SHARED'
  | 'TIER_WITHOUT_UNIT'
  | 'AREA_UNKNOWN'
  | 'STANDARD_UNKNOWN'
  | 'ATTRIBUTE_UNKNOWN'
  | 'VALUE_UNKNOWN'
  | 'VALUES_MISSING'
  | 'ORDER_REPEATED'
  | 'TIME_INVALID'
  | 'DECREE_MISSING'
  | 'CALENDAR_TOO_SHORT'
  | 'CALENDAR_DAY_OUTSIDE'
  | 'ENTRY_WITHOUT_STAGE'
  | 'ROLE_UNKNOWN'
  | 'ROW_LENGTH'
  | 'VERB_UNKNOWN'
  | 'NOTE_UNKNOWN'
  | 'FEE_NOT_ALLOWED'
  | 'AMOUNT_MISSING';

/** One thing to correct, with the place where to correct it. Line and column count from 1. */
export interface CatalogueProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: CatalogueProblemCode;
  readonly message: string;
  readonly hint: string;
}

/** `file:line:column CODE message (hint)`: one line, as editors and terminals can follow it. */
export function describeProblem(p: CatalogueProblem): string {
  return `${p.file}:${p.line}:${p.column} ${p.code} ${p.message} (${p.hint})`;
}

/** The folder is not a catalogue; `problems` names every mistake that was found, in the order of the files. */
export class CatalogueInvalidError extends Error {
  override readonly name = 'CatalogueInvalidError';
  readonly code = 'CATALOGUE_INVALID';
  constructor(readonly problems: readonly CatalogueProblem[]) {
    super(problems.map(describeProblem).join('\n'));
  }
}
