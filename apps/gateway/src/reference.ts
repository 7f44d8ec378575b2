import { Catalogue, ReferenceMissing } from '@garda/domain';
import type { ReferenceData, ReferenceStore } from '@garda/reference';
import { UnitTree } from './rights/units';

/** The published catalogue in the two shapes the gateway asks it in, made anew only when something was published. */
export class Reference {
  private seen: ReferenceData | undefined;
  private made: { catalogue: Catalogue; units: UnitTree } | undefined;

  constructor(private readonly store: ReferenceStore) {}

  get catalogue(): Catalogue {
    return this.current().catalogue;
  }

  get units(): UnitTree {
    return this.current().units;
  }

  refresh(): Promise<void> {
    return this.store.refresh();
  }

  /** Reads once more where another replica has seen an edition that this process has not read yet. */
  async withEdition<T>(read: () => T): Promise<T> {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ReferenceMissing)) throw error;
      await this.refresh();
      return read();
    }
  }

  private current(): { catalogue: Catalogue; units: UnitTree } {
    const data = this.store.snapshot();
    if (this.made === undefined || this.seen !== data) {
      const policy = [...data.policies].sort((a, b) => b.version - a.version)[0];
      this.made = { catalogue: new Catalogue(data), units: new UnitTree(data.units, policy?.conflict, data.endings) };
      this.seen = data;
    }
    return this.made;
  }
}
