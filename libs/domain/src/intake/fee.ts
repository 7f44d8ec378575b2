import type { IntakeData } from '@garda/contracts';

/** A bill as the citizen is told of it. */
export interface CitizenFee {
  /** Event id of resolution's FeeAssessed. */
  readonly ref: string;
  readonly line: string;
  readonly amount: number;
  readonly billingCode: string;
  readonly payBefore: string | null;
  readonly cancelled: boolean;
  /** Payments that came for it and did not go back, and those that did. */
  readonly paid: number;
  readonly refunded: number;
}

type Noted = IntakeData<'FeeNoted'>;

/** Where a bill stands: what is with the office counts, then what the office said. */
export function billState({ cancelled, paid, refunded }: CitizenFee): Noted['state'] {
  if (paid === 0 && refunded > 0) return 'refunded';
  if (cancelled) return 'cancelled';
  return paid > 0 ? 'received' : 'assessed';
}

export function feesAfter(fees: readonly CitizenFee[], noted: Noted): readonly CitizenFee[] {
  const { fee: ref, state, line = '', amount = 0, billingCode = '', payBefore = null } = noted;
  if (state === 'assessed')
    return [...fees, { ref, line, amount, billingCode, payBefore, cancelled: false, paid: 0, refunded: 0 }];
  return fees.map((fee) => (fee.ref === ref ? changed(fee, state) : fee));
}

function changed(fee: CitizenFee, state: Exclude<Noted['state'], 'assessed'>): CitizenFee {
  switch (state) {
    case 'received':
      return { ...fee, paid: fee.paid + 1 };
    case 'refunded':
      return { ...fee, paid: fee.paid - 1, refunded: fee.refunded + 1 };
    case 'cancelled':
      return { ...fee, cancelled: true };
  }
}
