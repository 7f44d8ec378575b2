/** What a new command looks like before anybody has said what it means: it can be sent, and is recorded. */
const caseId = '0198f3a2-5b1c-7d40-9a6e-3c2f1b7a9d01';

const resolution = {
  bodies: true,
  move: ({ name }) => ["office('take'", `office('${name}')`],
  sample: { caseId, unit: 'dpupr', officer: 'dpupr.officer' },
  contract: ({ event }) => `${event}: event('${event}', 1, z.object({ caseId, unit: unitCode, officer: staffId }))`,
  rule: ({ name, event, says, rule }) => `import type { ResolutionFact, StaffCommandBody } from '@garda/contracts';
import { officerId } from '../shared/actor';
import type { StaffAsk } from '../shared/commands';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { workOf } from './guards';

/** ${says}. */
export function ${rule}(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'${name}'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workOf(state, ask, given);
  const { unit } = known.work;
  return [resolutionFact('${event}', { caseId: known.file.caseId, unit, officer: officerId(ask.actor) })];
}
`,
  spec: ({ name, event, slice, rule }) => `import type { Actor, StaffCommandBody } from '@garda/contracts';
import { accepted, assigned, caseId, known, resolved, staff, work } from '../../test/facts';
import { specFor } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { resolutionFold } from './evolve';
import { ${rule} } from './${slice}';

const given = specFor(resolutionFold);
const working = [known(), work(), assigned(), accepted()];
const officer = staff('officer', 'dpupr');
const asked =
  (body: StaffCommandBody<'${name}'> = {}, actor: Actor = officer) =>
  (state: ResolutionCase, all: Given) =>
    ${rule}(state, { caseId, actor, body }, all);

describe('${name}', () => {
  it('is recorded', () =>
    given(...working)
      .when(asked())
      .then(resolutionFact('${event}', { caseId, unit: 'dpupr', officer: 'officer' })));
  it('needs an open case of the unit', () => {
    given().when(asked()).thenRefused('CASE_NOT_FOUND');
    given(...working, resolved())
      .when(asked())
      .thenRefused('CASE_NOT_OPEN');
    given(...working)
      .when(asked({}, staff('officer', 'dishub')))
      .thenRefused('NOT_RESPONSIBLE');
  });
});
`,
};

const routing = {
  bodies: false,
  move: ({ name }) => ["routing('acknowledge'", `routing('${name}', receiver, {})`],
  sample: { caseId, unit: 'dpupr' },
  contract: ({ event }) => `${event}: event('${event}', 1, z.object({ caseId, unit: unitCode }))`,
  rule: ({
    name,
    event,
    says,
    rule,
  }) => `import { Refusal, type RoutingFact, type StaffCommandBody } from '@garda/contracts';
import { actsFor, checkOccurredAt } from '../shared/actor';
import type { StaffAsk } from '../shared/commands';
import { routingFact } from '../shared/facts';
import type { RoutingCase } from './case';
import { openCase } from './hand-over';

/** ${says}. */
export function ${rule}(state: RoutingCase, ask: StaffAsk<StaffCommandBody<'${name}'>>): readonly RoutingFact[] {
  const { actor, body } = ask;
  checkOccurredAt(actor, body.occurredAt);
  const known = openCase(state);
  const unit = known.place?.unit;
  if (unit === undefined || !actsFor(actor, unit))
    throw new Refusal('NOT_RESPONSIBLE', \`\${unit ?? 'no unit'} is responsible\`);
  return [routingFact('${event}', { caseId: known.file.caseId, unit })];
}
`,
  spec: ({ name, event, slice, rule }) => `import type { Actor, StaffCommandBody } from '@garda/contracts';
import { caseId, entered, routed, staff } from '../../test/facts';
import { specFor } from '../../test/spec';
import { routingFact } from '../shared/facts';
import type { RoutingCase } from './case';
import { routingFold } from './evolve';
import { ${rule} } from './${slice}';

const given = specFor(routingFold);
const officer = staff('officer', 'dpupr');
const asked =
  (body: StaffCommandBody<'${name}'> = {}, actor: Actor = officer) =>
  (state: RoutingCase) =>
    ${rule}(state, { caseId, actor, body });

describe('${name}', () => {
  it('is recorded', () =>
    given(entered(), routed()).when(asked()).then(routingFact('${event}', { caseId, unit: 'dpupr' })));
  it('needs an open case of the unit', () => {
    given().when(asked()).thenRefused('CASE_NOT_FOUND');
    given(entered(), routed())
      .when(asked({}, staff('officer', 'dishub')))
      .thenRefused('NOT_RESPONSIBLE');
  });
});
`,
};

export const templates = { routing, resolution };
