import type { CatalogueView } from '@garda/case-service';
import type { RecordedEvent } from '@garda/contracts';
import { intakeDue, intakeFold, type Catalogue, type IntakeCase } from '@garda/domain';
import { foldProjection, type LocalProjection } from '@garda/projection';

const CASE = 'case-';

/** The case a stream is about; streams of the catalogue are about none. */
export function caseIdOf({ streamId }: { readonly streamId: string }): string | undefined {
  return streamId.startsWith(CASE) ? streamId.slice(CASE.length) : undefined;
}

/** One row a case with its whole folded state, found by the number on the receipt; beside it the clocks that run. */
export function caseStateProjection(catalogue: CatalogueView<Catalogue>, version = 4): LocalProjection {
  const projection = foldProjection<IntakeCase>({
    name: 'case_state',
    version,
    caseIdOf,
    fold: intakeFold,
    columns: { number: 'text', code_hash: 'text' },
    toRow: (state) => (state.status === 'none' ? {} : { number: state.file.number, code_hash: state.codeHash }),
    indexes: ['(number)'],
    dueRows: (state) => intakeDue(state, catalogue.current),
  });
  return {
    ...projection,
    at: (build) => caseStateProjection(catalogue, build),
    apply: async (client, batch) => {
      // The calendar of a clock was published before the case was handed in, perhaps through another replica.
      if (batch.some(startsClock)) await catalogue.refresh();
      await projection.apply(client, batch);
    },
  };
}

const startsClock = ({ type }: RecordedEvent): boolean => type === 'MandateRecorded' || type === 'ErasureRequested';
