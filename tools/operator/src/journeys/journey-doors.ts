import type { CatalogueBundle } from '@garda/contracts';
import type { Doors } from '../stories/scene';

/** What a journey has besides the doors: the catalogue of the house, for whoever changes it. */
export interface JourneyDoors extends Doors {
  readonly bundle: CatalogueBundle;
}
