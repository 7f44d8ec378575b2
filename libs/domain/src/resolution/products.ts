import type { RecordedResolutionFact } from '@garda/contracts';

export interface IssuedProduct {
  /** Event id of ProductIssued. */
  readonly ref: string;
  /** Who issued it. */
  readonly unit: string;
  readonly stage: number;
  readonly product: string;
  readonly partial: boolean;
  readonly number: string;
  /** Who has it; once it is delivered, whose desk handed it over. */
  readonly holder: string;
  readonly state: 'issued' | 'sent' | 'delivered' | 'taken_back';
  /** The last fact about it. */
  readonly since: string;
  readonly version: number;
}

const productFacts = ['ProductIssued', 'ProductSent', 'ProductDelivered', 'ProductTakenBack'] as const;
export type ProductFact = Extract<RecordedResolutionFact, { type: (typeof productFacts)[number] }>;

const isOfProducts: ReadonlySet<string> = new Set(productFacts);

export function isProductFact(fact: { readonly type: string }): fact is ProductFact {
  return isOfProducts.has(fact.type);
}

/** The citizen's to fetch: what only a next stage needs is not. */
export function isToCollect({ partial, state }: IssuedProduct): boolean {
  return !partial && (state === 'issued' || state === 'sent');
}

/** The products after one fact about them. */
export function productsAfter(products: readonly IssuedProduct[], fact: ProductFact): readonly IssuedProduct[] {
  const moved = { since: fact.recordedAt, version: fact.version };
  const to = (issued: string, more: Pick<IssuedProduct, 'state' | 'holder'>) =>
    products.map((one) => (one.ref === issued ? { ...one, ...moved, ...more } : one));
  switch (fact.type) {
    case 'ProductIssued': {
      const { unit, stage, product, partial, number } = fact.data;
      const { eventId: ref, recordedAt: since, version } = fact;
      return [
        ...products,
        { ref, unit, stage, product, partial, number, holder: unit, state: 'issued', since, version },
      ];
    }
    case 'ProductSent':
      return to(fact.data.issued, { state: 'sent', holder: fact.data.to });
    case 'ProductDelivered':
      return to(fact.data.issued, { state: 'delivered', holder: fact.data.unit });
    case 'ProductTakenBack':
      return to(fact.data.issued, { state: 'taken_back', holder: fact.data.unit });
  }
}
