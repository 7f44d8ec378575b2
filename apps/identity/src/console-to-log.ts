import type { Log } from '@garda/service';

type Level = 'info' | 'warn' | 'error';
const levels: readonly Level[] = ['info', 'warn', 'error'];

/**
 * The provider's library speaks to the console only, already while it is loaded. Its words are of its code and hold
 * nobody's data; here they become lines of the log like all others. Answers the way back.
 */
export function consoleToLog(log: Log): () => void {
  const before = levels.map((level) => [level, console[level]] as const);
  for (const level of levels)
    console[level] = (...said: unknown[]) =>
      log[level](typeof said[0] === 'string' ? said[0] : 'something without words'); // an object could hold anything
  return () => {
    for (const [level, say] of before) console[level] = say;
  };
}
