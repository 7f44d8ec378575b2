import { upcast, type RecordedResolutionFact, type ResolutionData } from '@garda/contracts';
import { UnknownFactError, type Fold } from '../shared/fold';

/** An errand with papers (domain, A 1 and B.4). */
export type Trip =
  | { readonly status: 'none' }
  | (ResolutionData<'TripRecorded'> & { readonly status: 'recorded' })
  | (ResolutionData<'TripRecorded'> & { readonly status: 'approved'; readonly approvedBy: string });

export const tripFold: Fold<Trip> = {
  initial: { status: 'none' },
  evolve(state, event) {
    const fact = upcast(event) as RecordedResolutionFact;
    if (fact.type === 'TripRecorded') return { status: 'recorded', ...fact.data };
    if (fact.type === 'TripApproved' && state.status !== 'none')
      return { ...state, status: 'approved', approvedBy: fact.data.approvedBy };
    throw new UnknownFactError(event.type);
  },
};
