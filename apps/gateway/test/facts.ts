import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventContracts, streamOf, type Context, type LineName, type RecordedEvent } from '@garda/contracts';
import { recorded } from '@garda/testing';

const samples = join(__dirname, '..', '..', '..', 'libs', 'contracts', 'samples');
const read = (context: Context, type: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(samples, context, `${type}.v1.json`), 'utf8')) as Record<string, unknown>;

/** The published sample of an event type, with members of our own. */
export const sampleData = (context: Context, type: string, more: object = {}): Record<string, unknown> => ({
  ...read(context, type),
  ...more,
});

/** With which fact each context's stream of a case begins. */
export const firstFact: Readonly<Record<Context, string>> = {
  intake: 'CaseSubmitted',
  routing: 'CaseEntered',
  resolution: 'CaseKnown',
};
/** Of streams of their own, never a case's. */
const ofOtherStreams = /^(Standard|StandIn|Unit|Calendar|Policy|Slip|Trip|Payment)/;

/** Every later fact that a case's stream of this context can hold. */
export const laterFacts = (context: Context): string[] =>
  Object.keys(eventContracts[context]).filter((type) => type !== firstFact[context] && !ofOtherStreams.test(type));

export type Told = readonly [type: string, more?: object];

/** The stream of one case in one context, from its samples. */
export function stream(
  context: Context,
  caseId: string,
  facts: readonly Told[],
  line: LineName = 'open',
): RecordedEvent[] {
  const events = facts.map(([type, more]) => ({ type, data: sampleData(context, type, { ...more, caseId }) }));
  return recorded(events, streamOf(line, caseId)).map((event) => ({
    ...event,
    // Ids of two contexts are never the same; the helper makes them from stream and version alone.
    eventId: event.eventId.replace(
      /^.{8}/,
      { intake: '0198f3a1', routing: '0198f3a2', resolution: '0198f3a3' }[context],
    ),
    meta: { ...event.meta, actor: { kind: 'staff', id: `${context}.officer`, unit: 'dishub' } },
  }));
}

/** Facts of intake's catalogue streams, of the given units besides the sample's calendar and policy. */
export function catalogueFacts(units: readonly object[]): RecordedEvent[] {
  const unitFacts = units.map((unit) => {
    const data = { unit: { ...(sampleData('intake', 'UnitPublished').unit as object), ...unit } };
    return recorded([{ type: 'UnitPublished', data }], `unit-${data.unit['code' as never] as string}`);
  });
  const others = ['CalendarPublished', 'PolicyPublished'].map((type) =>
    recorded([{ type, data: sampleData('intake', type) }], type === 'PolicyPublished' ? 'policy' : 'calendar-sample'),
  );
  return [...unitFacts, ...others].flat();
}
