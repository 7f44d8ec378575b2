import { foldProjection, type LocalProjection } from '@garda/projection';
import type { CatalogueView } from './catalogue-view';
import { caseIdOf, type CaseRules } from './rules';

/** Facts that may be the first to name an edition of the catalogue. */
const firstFacts = new Set(['CaseEntered', 'CaseKnown']);

/** One row a case with every field of the folded state, and beside it the clocks that run for it (`read.due`). */
export function caseState<S, C>(rules: CaseRules<S, C>, catalogue: CatalogueView<C>, version = 3): LocalProjection {
  const projection = foldProjection({
    name: 'case_state',
    version,
    caseIdOf,
    fold: rules.fold,
    dueRows: (state) => rules.due(state, catalogue.current),
    indexes: rules.succession?.indexes ?? [],
  });
  return {
    ...projection,
    at: (build) => caseState(rules, catalogue, build),
    apply: async (client, batch) => {
      // The edition was in the table before the fact was appended, perhaps by another replica: look before folding.
      if (batch.some((event) => firstFacts.has(event.type))) await catalogue.refresh();
      await projection.apply(client, batch);
    },
  };
}
