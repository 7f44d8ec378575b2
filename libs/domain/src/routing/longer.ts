import type { KnownRoutingCase, Longer, RoutingCase } from './case';

/** The whole promise and the stage take longer. A remedial time is one for all stages. */
export function longer(state: KnownRoutingCase, { kind, stage, time }: Longer): RoutingCase {
  const { promise, file } = state;
  const { times, more } = promise;
  const noted = { ...state, longer: [...state.longer, { kind, stage, time }] };
  if (kind === 'extension') return { ...noted, promise: { ...promise, more: [...more, time] } };
  const remedial = times.length !== file.terms.stages.length;
  const supervised = remedial ? [time] : times.map((own, index) => (index === stage ? time : own));
  return { ...noted, promise: { ...promise, times: supervised } };
}
