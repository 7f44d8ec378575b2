import { caseIdOf, lines, type LineName } from '@garda/contracts';
import { foldProjection, type LocalProjection } from '@garda/projection';
import type { CatalogueView } from './catalogue-view';
import type { CaseRules } from './rules';

/** Facts that may be the first to name an edition of the catalogue. */
const firstFacts = new Set(['CaseEntered', 'CaseKnown']);

/** The views of a line's cases and of their clocks, in `read`. */
export const stateViews = {
  open: { state: 'case_state', due: 'due' },
  restricted: { state: 'levy_state', due: 'levy_due' },
} as const satisfies Record<LineName, { state: string; due: string }>;

/** Raised with each change of a state: the view is then filled again. */
const versions: Readonly<Record<LineName, number>> = { open: 5, restricted: 2 };

/** One row a case with every field of the folded state, and beside it the clocks that run for it. */
export function caseState<S, C>(
  rules: CaseRules<S, C>,
  catalogue: CatalogueView<C>,
  line: LineName,
  version = versions[line],
): LocalProjection {
  const projection = foldProjection({
    name: stateViews[line].state,
    dueName: stateViews[line].due,
    log: lines[line].schema,
    version,
    caseIdOf: (event) => caseIdOf(line, event),
    fold: rules.fold,
    dueRows: (state) => rules.due(state, catalogue.current),
    indexes: rules.succession?.indexes ?? [],
  });
  return {
    ...projection,
    at: (build) => caseState(rules, catalogue, line, build),
    apply: async (client, batch) => {
      // The edition was in the table before the fact was appended, perhaps by another replica: look before folding.
      if (batch.some((event) => firstFacts.has(event.type))) await catalogue.refresh();
      await projection.apply(client, batch);
    },
  };
}
