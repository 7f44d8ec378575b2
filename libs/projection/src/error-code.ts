import { sqlState } from '@garda/event-store';

/** A code and never a text: texts of handlers may carry data. */
export function codeOf(error: unknown): string {
  const state = sqlState(error);
  if (state !== undefined) return state;
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'UNKNOWN';
}
