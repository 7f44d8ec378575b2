import type { RecordedResolutionFact } from '@garda/contracts';
import type { KnownResolutionCase, ResolutionCase } from './case';
import { followed } from './follows';

type FactAround = Extract<RecordedResolutionFact, { type: 'FollowsNoted' | 'OfficerAssigned' | 'MandateNoted' }>;

/** Who stands around the work: it goes on as it was. */
export function around(state: KnownResolutionCase, fact: FactAround): ResolutionCase {
  switch (fact.type) {
    case 'FollowsNoted':
      return followed(state, fact.data);
    case 'OfficerAssigned':
      return { ...state, officer: fact.data.officer, taken: { at: fact.recordedAt, version: fact.version } };
    case 'MandateNoted': {
      const { mandate: ref, unit, carrier, state: now } = fact.data;
      return { ...state, mandate: { ref, unit, carrier, state: now, at: fact.recordedAt } };
    }
  }
}
