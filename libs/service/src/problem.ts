import { isTransient } from '@garda/event-store';
import { HttpException } from '@nestjs/common';
import { ZodValidationException } from 'nestjs-zod';
import { z } from 'zod';
import { faultsOf, type Fault } from './faults';
import type { Language } from './language';
import { isProblemCode, problems, type ProblemCode } from './problems';
import type { TechnicalCode } from './technical-codes';

/** RFC 9457. `type` and `code` are stable; `title` is for the person, `detail` for a developer. */
export interface ProblemDocument {
  readonly type: string;
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly errors?: readonly Fault[];
  readonly correlationId?: string;
}

/** A refusal that is no rule of the domain: the caller's fault, or a server's that is not well. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly code: TechnicalCode,
    /** For developers; must not hold personal data. */
    detail?: string,
    readonly more: { readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail ?? '');
  }
}

export interface Answer {
  readonly code: ProblemCode;
  readonly detail?: string;
  /** What is wrong with the fields of a request; worded when it is known who reads it. */
  readonly issues?: readonly z.core.$ZodIssue[];
  readonly headers: Readonly<Record<string, string>>;
}

const retrySoon: Readonly<Record<string, string>> = { 'retry-after': '1' };
/** Nest's own exceptions carry a status only. Anything else of theirs is our bug, not the caller's. */
const byStatus: Partial<Record<number, TechnicalCode>> = {
  400: 'BAD_REQUEST',
  401: 'TOKEN_INVALID',
  403: 'RIGHT_MISSING',
  404: 'NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  415: 'MEDIA_TYPE_NOT_SUPPORTED',
};

/** What to tell the caller about any error. An error that nobody expected is INTERNAL, without a word about it. */
export function answerTo(error: unknown): Answer {
  const zodError = zodErrorOf(error);
  if (zodError !== undefined) return { code: 'BAD_REQUEST', issues: zodError.issues, headers: {} };
  if (error instanceof HttpException) return { code: byStatus[error.getStatus()] ?? 'INTERNAL', headers: {} };
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  // Also where nothing was to be appended: the database is away, or too busy to answer.
  if (isTransient(error)) return { code: 'LOG_UNAVAILABLE', headers: retrySoon };
  // Errors of the log, of the messages and of the domain carry their code; the table decides what is told.
  if (!(error instanceof Error) || !isProblemCode(code) || code === 'INTERNAL')
    return { code: 'INTERNAL', headers: {} };
  const more = error instanceof Problem ? error.more : {};
  return {
    code,
    ...(error.message === '' ? {} : { detail: error.message }),
    headers: { ...(problems[code][0] === 503 ? retrySoon : {}), ...more.headers },
  };
}

export function problemDocument(answer: Answer, language: Language, correlationId?: string): ProblemDocument {
  const [status, id, en] = problems[answer.code];
  return {
    type: `urn:garda:${answer.code}`,
    code: answer.code,
    status,
    title: language === 'id' ? id : en,
    ...(answer.detail === undefined ? {} : { detail: answer.detail }),
    ...(answer.issues === undefined ? {} : { errors: faultsOf(answer.issues, language) }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

function zodErrorOf(error: unknown): z.core.$ZodError | undefined {
  const inner = error instanceof ZodValidationException ? error.getZodError() : error;
  return inner instanceof z.core.$ZodError ? inner : undefined;
}
