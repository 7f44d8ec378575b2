import { z } from 'zod';
import { languages, type Language } from './language';

/** One thing that is wrong with a request, and where. */
export interface Fault {
  readonly path: string;
  /** In the reader's language. */
  readonly message: string;
}

type Issue = z.core.$ZodIssue;
type Words = Readonly<Record<Language, string>>;

const locales = { id: z.locales.id().localeError, en: z.locales.en().localeError };
/** Zod would say "expected string, received undefined". */
const missing: Words = { id: 'wajib diisi', en: 'is required' };
const mostFaults = 50;

/**
 * Zod words an issue while it parses, when nobody knows yet who will read it, and forgets the input after. So it is
 * worded in each language then: Zod carries properties of an issue over into its error. English stays the `message`.
 */
export function wordFaultsInEveryLanguage(): void {
  z.config({
    localeError: (issue) => {
      const words = issue.code === 'invalid_type' && issue.input === undefined ? missing : localWords(issue);
      Object.assign(issue, { words });
      return words.en;
    },
  });
}

/** Zod's issues as a flat list; at most 50, since a hostile body could hold thousands. */
export function faultsOf(issues: readonly Issue[], language: Language): Fault[] {
  return issues
    .slice(0, mostFaults)
    .map((issue) => ({ path: issue.path.map(String).join('.'), message: wordsOf(issue)?.[language] ?? issue.message }));
}

/** Where a schema has words of its own for a rule, its `params` hold those in every language but English. */
function wordsOf(issue: Issue): Partial<Words> | undefined {
  if (issue.code === 'custom') return issue.params;
  return 'words' in issue ? (issue.words as Partial<Words>) : undefined;
}

function localWords(issue: z.core.$ZodRawIssue): Partial<Words> {
  return Object.fromEntries(languages.map((language) => [language, textOf(locales[language](issue))]));
}

function textOf(message: string | { readonly message: string } | null | undefined): string | undefined {
  return typeof message === 'string' ? message : message?.message;
}
