import type { ServiceStandard } from '@garda/contracts';
import type { ReferenceData } from '@garda/reference';

/** The last edition of every standard, by code. */
export function latestStandards(data: ReferenceData): ServiceStandard[] {
  const latest = new Map<string, ServiceStandard>();
  for (const standard of data.standards) {
    const known = latest.get(standard.code);
    if (known === undefined || known.version < standard.version) latest.set(standard.code, standard);
  }
  return [...latest.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** What may be filed today: concepts are not offered. */
export function offeredStandards(data: ReferenceData): ServiceStandard[] {
  return latestStandards(data).filter((standard) => standard.status === 'published');
}

/** What Open311 offers: a citizen may file it about a place, and everybody may see it. */
export function placeStandards(data: ReferenceData): ServiceStandard[] {
  return offeredStandards(data).filter(
    ({ publicity, entry, content }) => publicity === 'place' && entry.includes('citizen') && content.includes('public'),
  );
}
