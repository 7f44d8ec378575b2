import type { DeclaredLine, DeclaredMoney, PinnedTerms, WatchReason } from '@garda/contracts';
import type { SubmittedCase } from './case';
import { billState, type CitizenFee } from './fee';

type Said = Pick<DeclaredMoney, 'amount' | 'to' | 'forWhat' | 'line'>;

/** Declared against assessed, line by line, and as a whole. */
export interface DeclaredAgainstAssessed {
  readonly declared: number;
  readonly assessed: number;
  readonly received: number;
  readonly watched: boolean;
  readonly lines: readonly DeclaredLine[];
}

/**
 * What citizens say that they paid, beside what was assessed and received by the case's own tariff (part C). Watched is
 * what is above a line's ceiling, above what was assessed where the line has none, or paid inside the house without any
 * line. It accuses nobody: it says where somebody should look.
 */
export function againstAssessed(
  { file, fees }: Pick<SubmittedCase, 'file' | 'fees'>,
  said: readonly Said[],
): DeclaredAgainstAssessed {
  const { terms } = file;
  const lines = new Set([...fees.map(({ line }) => line), ...said.map((one) => lineOf(one, terms))]);
  const named = [...lines].filter((line) => line !== null).sort();
  const rows = [...named, ...(lines.has(null) ? [null] : [])].map((line) => rowOf(line, { terms, fees, said }));
  return {
    declared: sum(rows.map((row) => row.declared)),
    assessed: sum(rows.map((row) => row.assessed)),
    received: sum(rows.map((row) => row.received)),
    watched: rows.some((row) => row.watched.length > 0),
    lines: rows,
  };
}

/** A citizen need not know how the line is called: a fee of a service that has one line is of that line. */
function lineOf({ line, forWhat }: Said, { tariff = [] }: PinnedTerms): string | null {
  const [first, ...others] = tariff;
  const only = forWhat === 'fee' && others.length === 0 ? first?.line : undefined;
  return line ?? only ?? null;
}

function rowOf(
  line: string | null,
  { terms, fees, said }: { terms: PinnedTerms; fees: readonly CitizenFee[]; said: readonly Said[] },
): DeclaredLine {
  const own = said.filter((one) => lineOf(one, terms) === line);
  const bills = fees.filter((fee) => fee.line === line);
  const declared = sum(own.map(({ amount }) => amount));
  const assessed = sum(bills.filter(isStanding).map(({ amount }) => amount));
  const received = sum(bills.map(({ amount, paid }) => amount * paid));
  const ceiling = terms.tariff?.find((one) => one.line === line)?.ceiling ?? null;
  return { line, declared, assessed, received, ceiling, watched: reasons(own, { line, declared, assessed, ceiling }) };
}

/** What went to a body outside is none of the regency's tariffs; it is shown, and not watched. */
function reasons(
  own: readonly Said[],
  { line, declared, assessed, ceiling }: Pick<DeclaredLine, 'line' | 'declared' | 'assessed' | 'ceiling'>,
): WatchReason[] {
  if (line === null) return own.some(({ to }) => to !== 'outside') ? ['no_tariff'] : [];
  if (ceiling !== null) return declared > ceiling ? ['above_ceiling'] : [];
  return declared > assessed ? ['above_assessed'] : [];
}

function isStanding(fee: CitizenFee): boolean {
  const state = billState(fee);
  return state === 'assessed' || state === 'received';
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
