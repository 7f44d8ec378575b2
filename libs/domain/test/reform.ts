import type { StandIn, Unit, UnitEnding } from '@garda/contracts';
import { Catalogue } from '../src/shared/catalogue';
import { policy, rows, units } from './catalogue';

const office = (code: string, more: Partial<Unit>): Unit => ({
  ...{
    code,
    version: 1,
    name: code,
    tier: 'agency',
    kind: 'ordinary',
    functions: [],
    parent: 'setda',
    oversight: 'line',
  },
  ...more,
});

/** What a reform brings: one office for roads and lamps, one for quality, and a village that is merged. */
export const newUnits: readonly Unit[] = [
  office('dinas-baru', { functions: ['regency_roads'] }),
  office('bag-organisasi', { tier: 'regency', kind: 'quality', functions: ['triage', 'disputes'] }),
  office('desa-c', { tier: 'village', parent: 'kec-01', oversight: 'guidance', area: '33.25.01.2003' }),
];

/** The catalogue once these units have ended. */
export function afterReform(...endings: readonly (readonly [unit: string, successor: string])[]): Catalogue {
  return new Catalogue({
    ...rows,
    units: [...units, ...newUnits],
    endings: endings.map(([unit, successor]): UnitEnding => ({ unit, successor, on: '2026-02-02' })),
  });
}

/** The catalogue while somebody stands in. */
export function whileStandingIn(...standIns: readonly StandIn[]): Catalogue {
  return new Catalogue({ ...rows, standIns });
}

/** The catalogue with another table of conflicts. */
export function withConflict(conflict: Readonly<Record<string, string>>): Catalogue {
  return new Catalogue({ ...rows, policies: [{ ...policy, conflict }] });
}
