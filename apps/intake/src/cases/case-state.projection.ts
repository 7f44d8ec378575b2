import { intakeFold, type IntakeCase } from '@garda/domain';
import { foldProjection } from '@garda/projection';

const CASE = 'case-';

/** The case a stream is about; streams of the catalogue are about none. */
export function caseIdOf({ streamId }: { readonly streamId: string }): string | undefined {
  return streamId.startsWith(CASE) ? streamId.slice(CASE.length) : undefined;
}

/** One row a case with its whole folded state, found by the number on the receipt. */
export const caseStateProjection = foldProjection<IntakeCase>({
  name: 'case_state',
  version: 2,
  caseIdOf,
  fold: intakeFold,
  columns: { number: 'text', code_hash: 'text' },
  toRow: (state) => (state.status === 'none' ? {} : { number: state.file.number, code_hash: state.file.codeHash }),
  indexes: ['(number)'],
});
