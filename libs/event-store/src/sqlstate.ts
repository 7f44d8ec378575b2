/** The SQLSTATE of an error of the server, else undefined (lost connection, bug, …). */
export function sqlState(error: unknown): string | undefined {
  const code = field(error, 'code');
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !socketCodes.has(code) ? code : undefined;
}

/** The server is away, going, full or busy: connection, serialisation, resources, operator, lock timeout. It will pass. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  if (state === undefined) return isConnectionLoss(error);
  return /^(08|40|53|57)/.test(state) || passing.has(state);
}

/** A lock was waited for too long; a transaction stood still for too long, since this process did. */
const passing: ReadonlySet<string> = new Set(['55P03', '25P03']);

const socketCodes = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN ENOENT'.split(' '),
);
const driverWords =
  /connection (terminated|ended|timeout|error)|not queryable|query read timeout|timeout expired|timeout exceeded when trying to connect/i;

/** The driver gives lost connections no code of their own, so its words decide beside the socket's codes. */
function isConnectionLoss(error: unknown): boolean {
  return socketCodes.has(field(error, 'code') ?? '') || driverWords.test(field(error, 'message') ?? '');
}

/** By shape and not by class: errors of Node itself are of another realm where code runs in a context of its own. */
function field(error: unknown, name: 'code' | 'message'): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value = (error as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}
