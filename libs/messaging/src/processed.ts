import { noteFacts, SpanKind } from '@garda/tracing';
import type { Place } from './cursor';
import type { TopicRecord } from './record';

/** What was done with these records, each in the trace of the request that caused it. */
export function noteProcessed(place: Place, began: number, records: readonly TopicRecord[]): void {
  const attributes = {
    'messaging.system': 'kafka',
    'messaging.destination.name': place.topic,
    'messaging.destination.partition.id': String(place.partition),
  };
  const facts = records.map((record) => record.event);
  noteFacts(`process ${place.consumer}`, facts, { began, kind: SpanKind.CONSUMER, attributes });
}
