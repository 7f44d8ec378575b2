import type { RoutingData } from '@garda/contracts';

type Settled = Pick<RoutingData<'WorkSettled'>, 'how' | 'outcome'>;

/**
 * A leader that ended so says nothing about the thing that others complain of too: it was taken back, was no case for us,
 * or its own citizen did not answer. Nobody follows it, and its followers stand for themselves (decision 25).
 */
export function endsAlone({ how, outcome }: Settled): boolean {
  return how === 'withdrawn' || outcome === 'rejected' || outcome === 'no_answer';
}
