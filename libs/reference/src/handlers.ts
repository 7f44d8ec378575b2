import type { TopicHandler } from '@garda/messaging';
import { tablesProjection, type LocalProjection } from '@garda/projection';
import { addReferenceRows, referenceRowOf, referenceTable, referenceTableSql } from './table';

/**
 * Reads the catalogue from intake's topic, as a consumer of its own, so that a case that waits for an
 * edition can never hold back the edition it waits for.
 */
export function referenceHandler(topic: string, onAdded: () => void): TopicHandler {
  return {
    name: 'reference@1',
    topics: [topic],
    wants: (event) => referenceRowOf(event) !== undefined,
    apply: async (client, batch) => {
      if ((await addReferenceRows(client, batch, referenceTable)) > 0) onAdded();
    },
  };
}

/** The same for intake itself, from its own log. */
export function referenceProjection(onAdded: () => void): LocalProjection {
  return tablesProjection({
    name: 'reference',
    version: 1,
    tables: ['reference'],
    tableSql: (t) => referenceTableSql(t.reference),
    apply: async (client, batch, t) => {
      if ((await addReferenceRows(client, batch, t.reference)) > 0) onAdded();
    },
  });
}
