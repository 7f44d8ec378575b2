/** What kafkajs 2.2.4 keeps to itself, as far as `quiet-client.ts` and its spec touch it. */
declare module 'kafkajs/src/network/requestQueue' {
  class RequestQueue {
    constructor(options: {
      readonly requestTimeout: number;
      readonly enforceRequestTimeout: boolean;
      readonly clientId: string;
      readonly broker: string;
      readonly logger: { debug(message: string): void; warn(message: string): void };
    });
    readonly pending: readonly unknown[];
    readonly inflight: ReadonlyMap<number, { sentAt: number; requestTimeout: number; timeoutRequest(): void }>;
    readonly requestTimeout: number;
    readonly enforceRequestTimeout: boolean;
    /** Milliseconds since 1970 until which the broker asked for no more requests; -1 at first. */
    readonly throttledUntil: number;
    requestTimeoutIntervalId: NodeJS.Timeout | null;
    throttleCheckTimeoutId: NodeJS.Timeout | null;
    isConnected(): boolean;
    destroy(): void;
    /** The broker wants no requests for so many milliseconds. */
    maybeThrottle(ms: number): void;
    push(request: {
      readonly entry: {
        readonly correlationId: number;
        readonly resolve: () => void;
        readonly reject: (error: Error) => void;
      };
      readonly expectResponse: boolean;
      readonly sendRequest: () => void;
    }): void;
    checkPendingRequests(): void;
    scheduleCheckPendingRequests(): void;
    scheduleRequestTimeoutCheck(): void;
  }
  export = RequestQueue;
}
