import { bigintArray, intArray, jsonArray, smallintArray, textArray, uuidArray } from './arrays';
import { EventTooLargeError, InvalidRequestError } from './errors';
import { keyHash } from './ids';
import type { AppendRequest } from './types';

/** The data of an event, as JSON in UTF-8, may have this many bytes. */
export const maxEventBytes = 65_536;

/** A request as it travels: turned into text once, so that the stored bytes are the ones that were measured. */
export interface EncodedRequest {
  readonly request: AppendRequest;
  readonly result: string;
  readonly data: readonly string[];
  readonly meta: readonly string[];
  readonly key: number;
  readonly bytes: number;
}

/** Refuses what no log could hold (INVALID_APPEND, EVENT_TOO_LARGE) before it can trouble anybody else's batch. */
export function encodeRequest(request: AppendRequest): EncodedRequest {
  if (request.events.length === 0) throw new InvalidRequestError('a decision without events sends no request');
  const data = request.events.map((event) => jsonText(event.data, event.type));
  const meta = request.events.map((event) => jsonText(event.meta, event.type));
  let bytes = 0;
  for (const [i, text] of data.entries()) {
    const size = Buffer.byteLength(text);
    if (size > maxEventBytes)
      throw new EventTooLargeError(`${request.events[i]?.type} has ${size} bytes, more than ${maxEventBytes}`);
    bytes += size + (meta[i]?.length ?? 0);
  }
  const result = jsonText(request.result, 'result');
  return { request, result, data, meta, key: keyHash(request.key), bytes: bytes + result.length };
}

/** The fifteen arrays of append(), append_all() and react(): six with an entry a request, nine with an entry an event. */
export function encodeBatch(requests: readonly AppendRequest[]): unknown[] {
  return batchColumns(requests.map(encodeRequest));
}

export function batchColumns(batch: readonly EncodedRequest[]): unknown[] {
  const requests = batch.map((one) => one.request);
  const events = batch.flatMap((one) => one.request.events);
  return [
    textArray(requests.map((r) => r.streamId)),
    bigintArray(requests.map((r) => r.expected)),
    uuidArray(requests.map((r) => r.commandId)),
    textArray(requests.map((r) => r.requestHash)),
    jsonArray(batch.map((one) => one.result)),
    intArray(requests.map((r) => r.events.length)),
    intArray(requests.flatMap((r, i) => r.events.map(() => i + 1))),
    intArray(requests.flatMap((r) => r.events.map((_, i) => i + 1))),
    uuidArray(events.map((e) => e.eventId)),
    textArray(events.map((e) => e.type)),
    smallintArray(events.map((e) => e.schemaVersion)),
    jsonArray(batch.flatMap((one) => one.data)),
    jsonArray(batch.flatMap((one) => one.meta)),
    events.map((e) => e.occurredAt), // as text: a Date would lose its microseconds
    intArray(batch.flatMap((one) => one.data.map(() => one.key))),
  ];
}

/** The twelve arguments of append_one(). */
export function singleColumns({ request, result, data, meta, key }: EncodedRequest): unknown[] {
  const { streamId, expected, commandId, requestHash, events } = request;
  return [
    streamId,
    expected,
    commandId,
    requestHash,
    result,
    uuidArray(events.map((e) => e.eventId)),
    textArray(events.map((e) => e.type)),
    smallintArray(events.map((e) => e.schemaVersion)),
    jsonArray(data),
    jsonArray(meta),
    events.map((e) => e.occurredAt),
    intArray(data.map(() => key)),
  ];
}

function jsonText(value: unknown, of: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw new InvalidRequestError(`${of} is not JSON`, { cause: error });
  }
  if (text === undefined) throw new InvalidRequestError(`${of} is not JSON`);
  return text;
}
