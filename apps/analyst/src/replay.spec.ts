import { contexts, digestOf, type Context, type RecordedEvent } from '@garda/contracts';
import { verdicts } from './compare';
import { FirstOccurrences, readRecord, TopicBrokenError } from './record';
import { Replay, type Replayed } from './replay';

const caseId = '018f0000-0000-7000-8000-000000000001';
const other = '018f0000-0000-7000-8000-000000000002';
const subject = '018f0000-0000-7000-8000-0000000000aa';

function fact(position: number, of: { type: string; data?: object; caseId?: string; version?: number }): RecordedEvent {
  const at = '2026-03-02T01:00:00.000000Z';
  return {
    position: BigInt(position),
    streamId: `case-${of.caseId ?? caseId}`,
    version: of.version ?? 1,
    eventId: `018f0000-0000-7000-8000-${String(position).padStart(12, '0')}`,
    type: of.type,
    schemaVersion: 1,
    data: of.data,
    meta: { commandId: subject, correlationId: subject, actor: { kind: 'citizen' } },
    occurredAt: at,
    recordedAt: at,
    keyHash: 1,
  };
}
const known = (position: number, id: string): RecordedEvent =>
  fact(position, {
    type: 'CaseKnown',
    caseId: id,
    data: {
      caseId: id,
      terms: {
        ...{ standard: 'HB-01', standardVersion: 1, kind: 'complaint', publicity: 'place', owner: 'lights' },
        stages: [{ tier: 'agency', kind: 'condition', time: '5wd' }],
        ...{ requirements: [], answerWithin: '30d', disputeWithin: '10wd', calendar: 'c', policy: 1 },
      },
      filedBy: { by: 'citizen' },
      sealTo: [{ subject, publicKey: 'k' }],
      identity: 'none',
      content: 'public',
      papers: [],
    },
  });
const waiting = (position: number): RecordedEvent =>
  fact(position, { type: 'WorkReceived', data: { caseId, kind: 'none' }, version: 2 });

function replay(context: Context, events: readonly RecordedEvent[]): Replayed {
  const replaying = new Replay(context);
  for (const event of events) replaying.take(event);
  return replaying.end();
}

describe('a replay', () => {
  it('folds every case and says at which position', () => {
    const replayed = replay('resolution', [known(1, caseId), waiting(2), known(3, other)]);
    expect(replayed).toMatchObject({ position: '3', facts: 3, cases: 2 });
    expect(replayed.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is the same in whatever order the partitions were read', () => {
    const events = [known(1, caseId), waiting(2), known(3, other)];
    expect(replay('resolution', [...events].reverse())).toEqual(replay('resolution', events));
  });

  it('counts only up to a position that is missing: the ends were not read at one moment', () => {
    const whole = replay('resolution', [known(1, caseId), waiting(2)]);
    expect(replay('resolution', [known(1, caseId), waiting(2), known(4, other)])).toEqual(whole);
  });

  it('refuses a position that is there twice', () => {
    for (const again of [known(1, other), known(3, other)])
      expect(() => replay('resolution', [known(1, caseId), known(3, caseId), again])).toThrow(TopicBrokenError);
  });

  it('differs when one state differs', () => {
    expect(replay('resolution', [known(1, caseId), waiting(2)]).digest).not.toBe(
      replay('resolution', [known(1, caseId)]).digest,
    );
  });

  it('leaves streams that are about no case aside, and of nothing makes the digest of nothing', () => {
    const unit = { ...fact(1, { type: 'UnitPublished', data: {} }), streamId: 'unit-dishub' };
    const empty = { cases: 0, digest: digestOf([]) };
    expect(replay('intake', [unit])).toMatchObject({ position: '1', ...empty });
    expect(replay('intake', [])).toMatchObject({ position: '0', ...empty });
  });
});

describe('a record', () => {
  const headers = {
    ...{ ce_id: subject, ce_type: 'CaseKnown', ce_subject: `case-${caseId}`, ce_time: '2026-03-02T01:00:00.000000Z' },
    ...{ seq: '4', position: '9', version: '2', schema_version: '1', recorded_at: 'r', key_hash: '5', meta: '{}' },
  };
  const message = { offset: '0', value: Buffer.from('{"caseId":"x"}'), headers };

  it('is read by its headers, as text or as bytes', () => {
    const bytes = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value)]));
    expect(readRecord({ ...message, headers: bytes })).toEqual(readRecord(message));
    expect(readRecord(message)).toMatchObject({ seq: 4n, event: { position: 9n, version: 2, data: { caseId: 'x' } } });
  });

  it('without a header is told, not guessed', () => {
    const rest = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'seq'));
    expect(() => readRecord({ ...message, headers: rest })).toThrow(TopicBrokenError);
  });

  it('counts at its first occurrence, and a hole is told', () => {
    const partition = new FirstOccurrences('garda.intake.v1/0');
    expect([1n, 2n, 1n, 2n, 3n].map((seq) => partition.isNew(seq))).toEqual([true, true, false, false, true]);
    expect(() => partition.isNew(5n)).toThrow('garda.intake.v1/0: 5 follows 3');
  });
});

describe('the comparison', () => {
  const digests = (of: Partial<Record<Context, string>>): Record<Context, Replayed> =>
    Object.fromEntries(
      contexts.map((one) => [one, { position: '9', facts: 9, cases: 1, digest: of[one] ?? 'same' }]),
    ) as Record<Context, Replayed>;

  it('says equal, different, or that the positions are not the same', () => {
    const live = { ...digests({ routing: 'changed' }), resolution: { position: '10', cases: 1, digest: 'same' } };
    expect(verdicts(digests({}), live)).toEqual({
      intake: 'equal',
      routing: 'different',
      resolution: 'at another position',
    });
  });
});
