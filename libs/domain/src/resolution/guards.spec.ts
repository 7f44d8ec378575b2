import { assigned, caseId, importer, known, noWork, work } from '../../test/facts';
import { monday, specFor } from '../../test/spec';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { resolutionCommands } from './commands';
import { resolutionFold } from './evolve';

const given = specFor(resolutionFold);

it('a case that no unit has is nobody’s to work on, the importer’s neither', () => {
  const take = (state: ResolutionCase, all: Given) =>
    resolutionCommands.take(state, { caseId, actor: importer, body: { occurredAt: monday } }, all);
  for (const facts of [[], [noWork], [work(), noWork]])
    given(known(), ...facts)
      .when(take)
      .thenRefused('NOT_RESPONSIBLE');
  given(known(), noWork, work()).when(take).then(assigned('import'));
});
