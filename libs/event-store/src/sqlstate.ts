/** The SQLSTATE of an error of the server, else undefined (lost connection, bug, …). */
export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** The server is away, going, full or busy: connection, serialisation, resources, operator, lock timeout. It will pass. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  if (state === undefined) return isConnectionLoss(error);
  return /^(08|40|53|57)/.test(state) || state === '55P03';
}

const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);

/** The driver gives lost connections no code of their own, so its words decide beside the socket's codes. */
function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && socketCodes.has(error.code)) return true;
  return /connection (terminated|ended|timeout|error)|timeout exceeded when trying to connect|not queryable|query read timeout|timeout expired/i.test(
    error.message,
  );
}
