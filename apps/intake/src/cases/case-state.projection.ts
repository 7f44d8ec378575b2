import { stateViews, type CatalogueView } from '@garda/case-service';
import { caseIdOf, lines, type IntakeData, type LineName, type RecordedEvent } from '@garda/contracts';
import { intakeDue, intakeFold, type Catalogue, type IntakeCase } from '@garda/domain';
import { foldProjection, type LocalProjection } from '@garda/projection';

/** Raised with each change of the state: the view is then filled again. */
const versions: Readonly<Record<LineName, number>> = { open: 5, restricted: 2 };

/** One row a case with its whole folded state, found by the number on the receipt; beside it the clocks that run. */
export function caseStateProjection(
  catalogue: CatalogueView<Catalogue>,
  line: LineName,
  version = versions[line],
): LocalProjection {
  const projection = foldProjection<IntakeCase>({
    name: stateViews[line].state,
    dueName: stateViews[line].due,
    log: lines[line].schema,
    version,
    caseIdOf: (event) => caseIdOf(line, event),
    fold: intakeFold,
    columns: { number: 'text', code_hash: 'text' },
    toRow: (state) => (state.status === 'none' ? {} : { number: state.file.number, code_hash: state.codeHash }),
    indexes: ['(number)'],
    dueRows: (state) => intakeDue(state, catalogue.current),
  });
  return {
    ...projection,
    at: (build) => caseStateProjection(catalogue, line, build),
    apply: async (client, batch) => {
      // The calendar or the unit of a clock was published before it began, perhaps through another replica.
      if (batch.some(startsClock)) await catalogue.refresh();
      await projection.apply(client, batch);
    },
  };
}

function startsClock({ type, data }: RecordedEvent): boolean {
  if (type === 'CaseProgressNoted') return (data as IntakeData<'CaseProgressNoted'>).state === 'closed';
  return type === 'MandateRecorded' || type === 'ErasureRequested';
}
