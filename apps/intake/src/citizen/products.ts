import type { IntakeData, RecordedEvent } from '@garda/contracts';
import type { SubmittedCase } from '@garda/domain';
import type { productWords } from './words';

/** A document as the citizen is told of it: where it is, and with whom. */
export interface ProductNews {
  readonly product: string;
  readonly is: keyof typeof productWords;
  readonly unit: string | undefined;
}

const after: Readonly<Record<string, ProductNews['is']>> = {
  ProductIssued: 'issued',
  ProductSent: 'issued',
  ProductDelivered: 'delivered',
  ProductTakenBack: 'taken_back',
};

/** Each document by the last news of it; once the case is decided, what lies at an office can be collected. */
export function productsOf({ status }: SubmittedCase, events: readonly RecordedEvent[]): readonly ProductNews[] {
  const products = new Map<string, ProductNews>();
  for (const { type, data } of events) {
    if (type !== 'CaseProgressNoted') continue;
    const { fact, items = [], unit } = data as IntakeData<'CaseProgressNoted'>;
    const is = after[fact];
    if (is !== undefined) for (const product of items) products.set(product, { product, is, unit });
  }
  const over = status === 'decided' || status === 'final' || status === 'closed';
  return [...products.values()].map((one) => (over && one.is === 'issued' ? { ...one, is: 'ready' } : one));
}
