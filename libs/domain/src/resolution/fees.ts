import type { RecordedResolutionFact, ResolutionData } from '@garda/contracts';

/** A fee of a line of the pinned tariff. */
export interface Fee {
  /** Event id of FeeAssessed. */
  readonly ref: string;
  readonly line: string;
  readonly amount: number;
  readonly billingCode: string;
  readonly payBefore: string;
  readonly at: string;
  readonly version: number;
  /** When the citizen was told; null while nobody could tell him. */
  readonly told: string | null;
  /** Lapsed: the work ended before it was paid. */
  readonly state: 'open' | 'paid' | 'cancelled' | 'lapsed';
}

export interface Payment {
  /** Event id of FeeReceived. */
  readonly ref: string;
  readonly fee: string;
  readonly amount: number;
  readonly bankReference: string;
}

export interface Refund {
  /** Event id of RefundRequested. */
  readonly ref: string;
  readonly payment: string;
  readonly amount: number;
  readonly reason: ResolutionData<'RefundRequested'>['reason'];
  /** When it was asked for, or granted: from then on the treasury's silence counts. */
  readonly at: string;
  readonly version: number;
  readonly state: 'requested' | 'granted' | 'refused' | 'paid';
}

/** The money of a case. Payments and refunds outlive the work. */
export interface Money {
  readonly fees: readonly Fee[];
  readonly payments: readonly Payment[];
  readonly refunds: readonly Refund[];
}

export const noMoney: Money = { fees: [], payments: [], refunds: [] };

const types = [
  'FeeAssessed',
  'FeeAssessmentCancelled',
  'FeeReceived',
  'RefundRequested',
  'RefundDecided',
  'FeeRefunded',
] as const;
export type MoneyFact = Extract<RecordedResolutionFact, { type: (typeof types)[number] }>;

const isOfMoney: ReadonlySet<string> = new Set(types);

/** A fact about money. */
export function isMoneyFact(fact: { readonly type: string }): fact is MoneyFact {
  return isOfMoney.has(fact.type);
}

export function openFees({ fees }: Money): readonly Fee[] {
  return fees.filter((fee) => fee.state === 'open');
}

/** Whether a line of the tariff is charged already: a bill of it is open or paid. */
export function isCharged({ fees }: Money, line: string): boolean {
  return fees.some((fee) => fee.line === line && (fee.state === 'open' || fee.state === 'paid'));
}

/** A payment that nobody has asked back. */
export function unclaimed({ payments, refunds }: Money): readonly Payment[] {
  return payments.filter(({ ref }) => !refunds.some((refund) => refund.payment === ref));
}

/** The money after one fact about it. */
export function moneyAfter(money: Money, fact: MoneyFact): Money {
  const { eventId: ref, recordedAt: at, version } = fact;
  switch (fact.type) {
    case 'FeeAssessed': {
      const { line, amount, billingCode, payBefore } = fact.data;
      const fee: Fee = { ref, line, amount, billingCode, payBefore, at, version, told: null, state: 'open' };
      return { ...money, fees: [...money.fees, fee] };
    }
    case 'FeeAssessmentCancelled':
      return withFee(money, fact.data.fee, { state: 'cancelled' });
    case 'FeeReceived': {
      const { fee, amount, bankReference, counts } = fact.data;
      const paid = counts ? withFee(money, fee, { state: 'paid' }) : money;
      return { ...paid, payments: [...money.payments, { ref, fee, amount, bankReference }] };
    }
    case 'RefundRequested': {
      const { payment, amount, reason } = fact.data;
      const refund: Refund = { ref, payment, amount, reason, at, version, state: 'requested' };
      return { ...money, refunds: [...money.refunds, refund] };
    }
    case 'RefundDecided':
      return withRefund(money, fact.data.refund, { state: fact.data.granted ? 'granted' : 'refused', at, version });
    case 'FeeRefunded':
      return withRefund(money, fact.data.refund, { state: 'paid', at, version });
  }
}

/** The work has ended: what is not paid is not waited for any more. */
export function lapsed(money: Money): Money {
  return { ...money, fees: money.fees.map((fee) => (fee.state === 'open' ? { ...fee, state: 'lapsed' } : fee)) };
}

export function feeTold(money: Money, about: string, at: string): Money {
  const fees = money.fees.map((fee) => (fee.ref === about && fee.told === null ? { ...fee, told: at } : fee));
  return { ...money, fees };
}

function withFee(money: Money, ref: string, by: Partial<Fee>): Money {
  return { ...money, fees: money.fees.map((fee) => (fee.ref === ref ? { ...fee, ...by } : fee)) };
}

function withRefund(money: Money, ref: string, by: Partial<Refund>): Money {
  return { ...money, refunds: money.refunds.map((refund) => (refund.ref === ref ? { ...refund, ...by } : refund)) };
}
