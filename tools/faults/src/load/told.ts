import type { LogName } from '../world/services';

/** What the client of a command was told in the end. */
export type Told =
  | { readonly kind: 'acknowledged'; readonly status: number; readonly stream?: string; readonly version?: number }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  /** No answer, or one that leaves it open; and the client asked no more. */
  | { readonly kind: 'unknown'; readonly why: string };

/** A command as its client remembers it: what was asked under which key, and what came of it. */
export interface Command {
  readonly kind: string;
  /** Whose log it goes to. */
  readonly context: LogName;
  /** Whether it goes to the restricted log: a report of an illegal levy, or a payment that was declared. */
  readonly restricted?: true;
  /** As the service that decides names them: the parts of the command's id. */
  readonly principal: string;
  readonly route: string;
  readonly key: string;
  /** Where the client sends it. */
  readonly target: 'intake' | 'gateway';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
  /** The case it is about; nothing for one that makes a case. */
  readonly caseId?: string;
  /** Each answer on the way, such as `503 OVERLOADED` or `ECONNRESET`. */
  readonly answers: string[];
  /** Answers 503 that did not say when to come back. */
  silentBusy: number;
  told?: Told;
  /** The stream that the answer names, where it is not that of a case. */
  readonly streamOf?: (body: Readonly<Record<string, unknown>>) => string;
  /** Hears the body of the answer that acknowledged it. */
  onBody?: (body: Readonly<Record<string, string>>) => void;
}
