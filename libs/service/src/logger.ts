import pino, { type ChildLoggerOptions, type DestinationStream, type Logger as PinoLogger } from 'pino';
import type { LoggerService } from '@nestjs/common';

export type Log = PinoLogger;

/**
 * The only fields that reach the log. An allow-list, because a list of forbidden names is never complete: a body, a
 * query string, a header or an address that somebody passes along is dropped, not masked.
 */
const allowed: ReadonlySet<string> = new Set([
  ...['service', 'context', 'mode', 'version', 'port', 'signal', 'state'],
  ...['method', 'route', 'status', 'durationMs', 'correlationId', 'code'],
  ...['topic', 'topics', 'partition', 'partitions', 'seq', 'position', 'offset', 'generation', 'groupId', 'broker'],
  ...['consumer', 'projection', 'reaction', 'relay', 'streamId', 'caseId', 'eventId', 'eventType', 'commandId'],
  ...['attempts', 'rows', 'count', 'keys', 'lag', 'clock', 'rung', 'reason', 'check', 'err'],
]);

/** JSON lines; messages are words of the code, data only in the fields above. */
export function createLog(
  opts: { service: string; level?: string | undefined },
  to: DestinationStream = pino.destination({ dest: 1, sync: false }),
): Log {
  const level = opts.level ?? 'info';
  const showMessages = level === 'debug' || level === 'trace'; // production refuses these levels
  const log = pino(
    {
      level,
      base: { service: opts.service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        bindings: onlyAllowed,
        log: (fields) => onlyAllowed(withError(fields, showMessages)),
      },
      serializers: {},
      hooks: {
        // Without words of its own a line would get those of the error, which may quote what a citizen wrote.
        logMethod(args, method) {
          const [first, second] = args as [unknown, unknown];
          if (first instanceof Error) return method.call(this, { err: first }, 'error');
          if (typeof first === 'object' && typeof second !== 'string') return method.call(this, first, 'no words');
          return method.apply(this, args);
        },
      },
    },
    to,
  );
  // The formatter above is for the first log only: bindings of a child pass by it.
  const child = log.child as unknown as (this: Log, bindings: object, options?: ChildLoggerOptions) => Log;
  log.child = function (this: Log, bindings: Record<string, unknown>, options?: ChildLoggerOptions): Log {
    return child.call(this, onlyAllowed(bindings), options);
  } as unknown as typeof log.child;
  return log;
}

function onlyAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => allowed.has(name)));
}

function withError(fields: Record<string, unknown>, showMessages: boolean): Record<string, unknown> {
  return fields.err instanceof Error ? { ...fields, err: errorWithoutData(fields.err, showMessages) } : fields;
}

/** Kind, code and place. A message may quote what a citizen wrote ("invalid input syntax: …"), so it stays away. */
function errorWithoutData(error: Error, showMessages: boolean): Record<string, unknown> {
  const code: unknown = 'code' in error ? error.code : undefined;
  const cause = error.cause instanceof Error ? errorWithoutData(error.cause, showMessages) : undefined;
  return {
    type: error.constructor.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    at: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .map((line) => line.trim().replace(/^at /, '')),
    ...(showMessages ? { message: error.message } : {}),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** Lets Nest itself speak through the same log. */
export function nestLogger(log: Log): LoggerService {
  const say =
    (level: 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal') =>
    (message: unknown, ...rest: unknown[]) => {
      const context = rest.at(-1);
      const fields = typeof context === 'string' ? { context } : {};
      if (message instanceof Error) log[level]({ ...fields, err: message }, 'error');
      else log[level](fields, typeof message === 'string' ? message : 'message without words');
    };
  return {
    log: say('debug'), // Nest tells of every route it maps: not worth a line in production
    error: say('error'),
    warn: say('warn'),
    debug: say('debug'),
    verbose: say('trace'),
    fatal: say('fatal'),
  };
}
