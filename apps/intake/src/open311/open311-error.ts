import { list, type Node } from './format';

export interface Open311Fault {
  readonly code: number;
  readonly description: string;
}

/** What GeoReport answers when it says no: its own shape, several faults at once, one HTTP status. */
export class Open311Error extends Error {
  override readonly name = 'Open311Error';
  constructor(
    readonly status: 400 | 403 | 404 | 413 | 415 | 429 | 500 | 503,
    readonly faults: readonly Open311Fault[],
    readonly retryAfterSeconds?: number,
  ) {
    super(faults.map((fault) => fault.description).join('; '));
  }
}

export const notFound = (what: string): Open311Error =>
  new Open311Error(404, [{ code: 404, description: `${what} not found` }]);
export const badRequest = (...descriptions: string[]): Open311Error =>
  new Open311Error(
    400,
    descriptions.map((description) => ({ code: 400, description })),
  );

export function faultsNode(faults: readonly Open311Fault[]): Node {
  return list(
    'error',
    faults.map(({ code, description }) => ({ code, description })),
  );
}
