import { list, type Fields } from './format';

const SPECIFICATION = 'http://wiki.open311.org/GeoReport_v2';
/** Sortable edition of this interface; changes when its shape does. The services themselves are read fresh. */
const CHANGESET = '2026-01-05T00:00:00Z';

/** Where the endpoint is and what it speaks. `url` ends in a slash, as FixMyStreet wants it. */
export function discoveryNode(of: { url: string; contact: string; production: boolean }): Fields {
  return {
    changeset: CHANGESET,
    contact: of.contact,
    key_service: of.contact,
    endpoints: list('endpoint', [
      {
        specification: SPECIFICATION,
        url: of.url,
        changeset: CHANGESET,
        type: of.production ? 'production' : 'test',
        formats: list('format', ['text/xml', 'application/json']),
      },
    ]),
  };
}
