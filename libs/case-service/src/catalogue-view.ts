import type { ReferenceData, ReferenceStore } from '@garda/reference';

/** Code of the rules' error when a pinned edition has not been seen here yet. */
export const referenceNotSeen = 'REFERENCE_NOT_SEEN';

/** The published catalogue in the rules' own shape, made anew only when something was published. */
export class CatalogueView<C> {
  private made: { readonly data: ReferenceData; readonly catalogue: C } | undefined;

  constructor(
    private readonly store: ReferenceStore,
    private readonly make: (data: ReferenceData) => C,
  ) {}

  get current(): C {
    const data = this.store.snapshot();
    if (this.made?.data !== data) this.made = { data, catalogue: this.make(data) };
    return this.made.catalogue;
  }

  refresh(): Promise<void> {
    return this.store.refresh();
  }

  refreshSoon(): void {
    this.store.refreshSoon();
  }

  /** What is in memory may be a moment old: whoever misses an edition in it looks once more. */
  async retried<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (codeOf(error) !== referenceNotSeen) throw error;
      await this.refresh();
      return work();
    }
  }
}

export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
