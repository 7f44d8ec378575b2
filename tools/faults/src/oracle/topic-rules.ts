import { lines, type EventRow, type LogSnapshot, type TopicRecord, type Violation } from './snapshot';

/** The topic of a log holds each event, in order, at its first occurrence by `seq`; later ones are the same bytes. */
export function judgeTopic(log: LogSnapshot, records: readonly TopicRecord[], partitions: number): Violation[] {
  const found: Violation[] = [];
  for (let partition = 0; partition < partitions; partition++) {
    const mine = log.events.filter(({ keyHash }) => keyHash % partitions === partition);
    const there = records.filter((record) => record.partition === partition);
    found.push(...judgePartition(`${log.topic}/${partition}`, mine, there));
  }
  return found;
}

function judgePartition(place: string, events: readonly EventRow[], records: readonly TopicRecord[]): Violation[] {
  const found: Violation[] = [];
  const first = new Map<number, TopicRecord>();
  let last = 0;
  for (const record of records) {
    const seq = Number(record.headers['seq']);
    const before = first.get(seq);
    if (before !== undefined) {
      if (!sameBytes(before, record))
        found.push({ rule: 'a repeat is the same bytes', words: `${place} offset ${record.offset}, seq ${seq}` });
      continue;
    }
    if (seq !== last + 1)
      found.push({
        rule: 'first occurrences in order',
        words: `${place} offset ${record.offset}: seq ${seq} after ${last}`,
      });
    last = seq;
    first.set(seq, record);
  }
  for (const [i, event] of events.entries()) {
    const record = first.get(i + 1);
    if (record === undefined)
      found.push({ rule: 'each event is in its topic', words: `${place}: position ${event.position}, seq ${i + 1}` });
    else found.push(...difference(place, event, record));
  }
  if (first.size > events.length)
    found.push({
      rule: 'nothing but the log is in its topic',
      words: `${place}: ${first.size} numbers for ${events.length} events`,
    });
  return found;
}

function sameBytes(a: TopicRecord, b: TopicRecord): boolean {
  return (
    a.key === b.key && a.value === b.value && JSON.stringify(sorted(a.headers)) === JSON.stringify(sorted(b.headers))
  );
}

const sorted = (headers: TopicRecord['headers']) => Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1));

/** CloudEvents in Kafka's binary mode, with every stored column, as the contract says. */
function difference(place: string, event: EventRow, record: TopicRecord): Violation[] {
  const { streamId } = event;
  const wanted: Record<string, string> = {
    ce_id: event.eventId,
    ce_type: event.type,
    ce_subject: streamId,
    ce_time: event.occurredAt,
    position: String(event.position),
    version: String(event.version),
    schema_version: String(event.schemaVersion),
    recorded_at: event.recordedAt,
    key_hash: String(event.keyHash),
    meta: event.meta,
  };
  const wrong = Object.entries(wanted)
    .filter(([name, value]) => record.headers[name] !== value)
    .map(([name]) => name);
  if (record.value !== event.data) wrong.push('data');
  if (record.key !== keyOf(streamId)) wrong.push('key');
  if (wrong.length === 0) return [];
  return [
    { rule: 'a record is its row', words: `${place}: position ${event.position} differs in ${wrong.join(', ')}` },
  ];
}

/** A case keeps its order by its own id, on either line, and so does what was declared beside it. */
function keyOf(streamId: string): string {
  const stream = [...lines.map((line) => line.stream), 'declared-'].find((one) => streamId.startsWith(one));
  return stream === undefined ? streamId : streamId.slice(stream.length);
}
