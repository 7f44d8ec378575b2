import { Pool, type ClientBase } from 'pg';

/**
 * Connections of an application role as the log needs them: no statement waits or runs for long, and every statement
 * sees what committed before it. A rebuild or a digest raises its own limit with `set local`.
 */
export function openPool(url: string, options: { max?: number; onError?: (error: Error) => void } = {}): Pool {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    options: '-c lock_timeout=2s -c statement_timeout=5s -c default_transaction_isolation=read\\ committed',
  });
  // A connection that dies is replaced at the next use, and a query on it fails; without a listener the process would end.
  const onError = options.onError ?? (() => undefined);
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

/**
 * For TypeORM's own pool, as `extra`: a listener on each connection from its first moment. TypeORM itself listens a promise
 * later than it is handed the connection, and a server that dies in that moment would end the process.
 */
export function listenFromTheStart(onError: (error: Error) => void): { onConnect: (client: ClientBase) => void } {
  return { onConnect: (client) => void client.on('error', onError) };
}
