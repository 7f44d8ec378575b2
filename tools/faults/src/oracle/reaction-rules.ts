import { lines, type EventRow, type Snapshot, type Violation } from './snapshot';

/**
 * Facts that another context always takes over (rule 16 of the domain), whatever the state of the case: whoever hears
 * `from` in `hears` appends `to`, once. Others depend on the state and are held to "at most once, in order" only.
 */
const always: readonly { readonly from: string; readonly of: string; readonly in: string; readonly to: string }[] = [
  { from: 'CaseSubmitted', of: 'intake', in: 'routing', to: 'CaseEntered' },
  { from: 'CaseEntered', of: 'routing', in: 'resolution', to: 'CaseKnown' },
  { from: 'CaseRouted', of: 'routing', in: 'resolution', to: 'WorkReceived' },
  { from: 'CaseTransferred', of: 'routing', in: 'resolution', to: 'WorkReceived' },
  { from: 'CaseReturned', of: 'routing', in: 'resolution', to: 'WorkReceived' },
  { from: 'OutsideBodyAsked', of: 'routing', in: 'resolution', to: 'OutsideNoted' },
  { from: 'OutsideBodyAnswered', of: 'routing', in: 'resolution', to: 'OutsideNoted' },
  { from: 'ResolutionDisputed', of: 'intake', in: 'resolution', to: 'DisputeReceived' },
  { from: 'DisputeReceived', of: 'resolution', in: 'intake', to: 'CaseProgressNoted' },
  { from: 'DisputeDecided', of: 'resolution', in: 'intake', to: 'CaseProgressNoted' },
  { from: 'MandateRecorded', of: 'intake', in: 'resolution', to: 'MandateNoted' },
  { from: 'MandateCarrierChanged', of: 'intake', in: 'resolution', to: 'MandateNoted' },
  { from: 'MandateEnded', of: 'intake', in: 'resolution', to: 'MandateNoted' },
  { from: 'CaseWithdrawn', of: 'intake', in: 'resolution', to: 'WithdrawalReceived' },
  { from: 'ServiceRated', of: 'intake', in: 'resolution', to: 'SatisfactionReceived' },
  { from: 'OfficerAssigned', of: 'resolution', in: 'routing', to: 'OfficerNoted' },
  { from: 'CaseResolved', of: 'resolution', in: 'routing', to: 'WorkSettled' },
  { from: 'CaseAccepted', of: 'resolution', in: 'intake', to: 'CaseProgressNoted' },
  { from: 'ProgressReported', of: 'resolution', in: 'intake', to: 'CaseProgressNoted' },
  { from: 'InformationProvided', of: 'intake', in: 'resolution', to: 'AnswerReceived' },
  { from: 'DocumentsAcknowledged', of: 'resolution', in: 'intake', to: 'CaseProgressNoted' },
  ...['DocumentsReceived', 'DocumentsHandedOver', 'DocumentsLost', 'DocumentsReturned'].flatMap((from) => [
    { from, of: 'resolution', in: 'intake', to: 'CaseProgressNoted' },
    { from, of: 'resolution', in: 'routing', to: 'PapersNoted' },
  ]),
  { from: 'CaseResolved', of: 'resolution', in: 'intake', to: 'CaseProgressNoted' },
];
const contexts = ['intake', 'routing', 'resolution'];

/** Each consumer's effect on its own log, exactly once and in the order of the facts it heard; on each line for itself. */
export function judgeReactions(snapshot: Snapshot): Violation[] {
  return lines.flatMap(({ topicOf }) => judgeLine(snapshot, topicOf));
}

function judgeLine({ databases }: Snapshot, topicOf: (context: string) => string): Violation[] {
  const eventsOf = (context: string): readonly EventRow[] =>
    databases[context]?.logs.find(({ topic }) => topic === topicOf(context))?.events ?? [];
  const events = new Map(contexts.map((context) => [context, eventsOf(context)]));
  const sources = new Map(
    [...events].flatMap(([context, list]) => list.map((event) => [event.eventId, { context, event }])),
  );
  return contexts.flatMap((context) => {
    const own = events.get(context) ?? [];
    return [...onceAndInOrder(context, own, sources), ...noneMissing(context, own, events)];
  });
}

function onceAndInOrder(
  context: string,
  own: readonly EventRow[],
  sources: ReadonlyMap<string, { context: string; event: EventRow }>,
): Violation[] {
  const found: Violation[] = [];
  const commandOf = new Map<string, string>();
  const last = new Map<string, number>();
  for (const { causationId, commandId, streamId, position } of own) {
    const source = causationId === null ? undefined : sources.get(causationId);
    if (causationId === null || source === undefined || source.context === context) continue;
    const first = commandOf.get(causationId);
    commandOf.set(causationId, commandId);
    if (first !== undefined && first !== commandId)
      found.push({
        rule: 'each reaction once',
        words: `${context} at ${position}: a second command for ${source.event.type} ${causationId}`,
      });
    const lane = `${streamId} ${source.context}`;
    if (source.event.position < (last.get(lane) ?? 0))
      found.push({
        rule: 'reactions in order',
        words: `${context} at ${position}: ${source.event.type} of ${source.context} ${source.event.position} came late`,
      });
    last.set(lane, source.event.position);
  }
  return found;
}

function noneMissing(
  context: string,
  own: readonly EventRow[],
  events: ReadonlyMap<string, readonly EventRow[]>,
): Violation[] {
  const done = new Map<string, number>();
  for (const { causationId, type } of own)
    if (causationId !== null) done.set(`${causationId} ${type}`, (done.get(`${causationId} ${type}`) ?? 0) + 1);
  return always
    .filter((rule) => rule.in === context)
    .flatMap(({ from, of, to }) =>
      (events.get(of) ?? [])
        .filter((event) => event.type === from)
        .flatMap(({ eventId, position }) => {
          const count = done.get(`${eventId} ${to}`) ?? 0;
          if (count === 1) return [];
          const rule = count === 0 ? 'no reaction missing' : 'each reaction once';
          return [{ rule, words: `${context}: ${count} ${to} for ${from} of ${of} at ${position}` }];
        }),
    );
}
