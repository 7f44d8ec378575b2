import type { TariffLine } from '@garda/contracts';
import {
  billState,
  dueAt,
  isProvisional,
  openMandate,
  ReferenceMissing,
  type Catalogue,
  type SubmittedCase,
} from '@garda/domain';

/** What somebody who handed in a case takes home. No personal data, and never the tracking code. */
export interface PrintedReceipt {
  readonly number: string;
  /** The citizen's page: what the QR code says. */
  readonly page: string;
  readonly standard: { readonly code: string; readonly name: string };
  /** Whose desk took it; null for what came without a desk. */
  readonly takenBy: string | null;
  /** Who has it now; null until a unit has it. */
  readonly unit: string | null;
  /** Ids of the papers that were handed over, in the order in which they came. */
  readonly papers: readonly string[];
  readonly receivedAt: string;
  /** What was promised on the day of receipt; null while the calendar of the terms is not seen here. */
  readonly dueAt: string | null;
  /** Whether it lies beyond the calendar: days off there are not known yet, and may move it. */
  readonly provisional: boolean;
  /** IANA name of the zone in which the dates are read. */
  readonly zone: string;
  /** The lines of the pinned tariff; none: it costs nothing. */
  readonly tariff: readonly TariffLine[];
  /** Bills that stand, in whole rupiah. */
  readonly bills: readonly Bill[];
  readonly next: readonly NextStep[];
  readonly proof: Proof;
}

/** With both anybody can check later what was handed in: SHA-256 over the salt and the content (domain, rule 11). */
export interface Proof {
  /** Hex. */
  readonly commitment: string;
  /** Base64url; the citizen's alone. Null on what staff print, and once his words were erased. */
  readonly salt: string | null;
}

export interface Bill {
  readonly line: string;
  readonly amount: number;
  readonly billingCode: string;
  readonly paid: boolean;
}

/** What the citizen may do next, most urgent first. */
export type NextStep =
  'answer' | 'confirm_mandate' | 'pay' | 'decided' | 'over' | 'look' | 'ask_desk' | 'wait' | 'free';

export interface ReceiptMaterial {
  readonly state: SubmittedCase;
  /** Papers that were taken at a desk after the case was handed in. */
  readonly papers: readonly string[];
  readonly catalogue: Catalogue;
  /** Where the public reaches intake, without a slash at its end. */
  readonly publicUrl: string;
  readonly zone: string;
  /** Only where the holder of the code prints it. */
  readonly salt?: string | undefined;
}

/** The content of a receipt. The same facts give the same receipt, at the gateway as at intake. */
export function printedReceiptOf({ state, papers, catalogue, publicUrl, zone, salt }: ReceiptMaterial): PrintedReceipt {
  const { file } = state;
  const { standard, tariff = [] } = file.terms;
  const nameOf = (unit: string): string => catalogue.unit(unit)?.name ?? unit;
  return {
    number: file.number,
    page: `${publicUrl}/cases/${file.number}`,
    standard: { code: standard, name: catalogue.standard(standard)?.words.id ?? standard },
    takenBy: file.filedBy.by === 'desk' ? nameOf(file.filedBy.unit) : null,
    unit: state.unit === null ? null : nameOf(state.unit),
    papers: [...new Set([...file.papers, ...papers])],
    receivedAt: file.receivedAt,
    ...promised(state, catalogue),
    zone,
    tariff,
    bills: billsOf(state),
    next: nextOf(state),
    proof: { commitment: file.contentCommitment, salt: salt ?? null },
  };
}

/** The sum of the stages from the receipt on, as it was promised: what moved it since is on the citizen's page. */
function promised(
  { file: { receivedAt, terms } }: SubmittedCase,
  catalogue: Catalogue,
): Pick<PrintedReceipt, 'dueAt' | 'provisional'> {
  try {
    const calendar = catalogue.calendar(terms.calendar);
    const times = terms.stages.map(({ time }) => time);
    const due = dueAt(calendar, receivedAt, times, []);
    return { dueAt: due, provisional: isProvisional(calendar, due) };
  } catch (error) {
    if (error instanceof ReferenceMissing) return { dueAt: null, provisional: false };
    throw error;
  }
}

/** What was cancelled or paid back is no bill any more. */
function billsOf({ fees }: SubmittedCase): readonly Bill[] {
  return fees.flatMap((fee) => {
    const is = billState(fee);
    const { line, amount, billingCode } = fee;
    return is === 'assessed' || is === 'received' ? [{ line, amount, billingCode, paid: is === 'received' }] : [];
  });
}

function nextOf(state: SubmittedCase): readonly NextStep[] {
  const { status, question, codeHash, fees, file } = state;
  const over = status === 'closed' || status === 'withdrawn' || status === 'final';
  const free = (file.terms.tariff ?? []).length === 0 && fees.length === 0;
  return [
    ...(question === null ? [] : (['answer'] as const)),
    ...(openMandate(state)?.state === 'recorded' ? (['confirm_mandate'] as const) : []),
    ...(billsOf(state).some(({ paid }) => !paid) ? (['pay'] as const) : []),
    ...(status === 'decided' ? (['decided'] as const) : []),
    codeHash === null ? 'ask_desk' : 'look',
    ...(over ? (['over'] as const) : status === 'decided' ? [] : (['wait'] as const)),
    ...(free ? (['free'] as const) : []),
  ];
}
