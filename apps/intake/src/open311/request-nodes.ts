import { Catalogue } from '@garda/domain';
import type { ReferenceData } from '@garda/reference';
import type { Language } from '@garda/service';
import { promised } from '../citizen/due';
import { wordsOfState } from '../citizen/words';
import { latestStandards } from '../catalogue/standards';
import { list, type Fields, type Node } from './format';
import type { PublicCaseRow, PublicUpdateRow } from './public.entities';
import { serviceNames } from './services';

/** Public rows in GeoReport's words. */
export class RequestNodes {
  private readonly catalogue: Catalogue;
  private readonly names: ReadonlyMap<string, string>;

  constructor(
    data: ReferenceData,
    private readonly language: Language,
  ) {
    this.catalogue = new Catalogue(data);
    this.names = serviceNames(latestStandards(data), language);
  }

  /** `notes` only where extensions were asked for. */
  request(row: PublicCaseRow, notes?: readonly PublicUpdateRow[]): Fields {
    return {
      service_request_id: row.number,
      status: row.status,
      status_notes: wordsOfState(row.state, this.language),
      service_name: this.names.get(row.standard) ?? row.standard,
      service_code: row.standard,
      description: row.description,
      agency_responsible: row.unit === null ? null : (this.catalogue.unit(row.unit)?.name ?? row.unit),
      service_notice: null,
      requested_datetime: row.requestedAt.toISOString(),
      updated_datetime: row.updatedAt.toISOString(),
      expected_datetime: this.expected(row),
      address: row.place ?? this.areaName(row.area),
      address_id: row.area,
      zipcode: null,
      lat: row.lat,
      long: row.long,
      media_url: null,
      ...(notes === undefined ? {} : this.extensions(row, notes)),
    };
  }

  update(row: PublicUpdateRow): Fields {
    return {
      update_id: row.updateId,
      service_request_id: row.number,
      status: row.status,
      updated_datetime: row.at.toISOString(),
      description: this.textOf(row),
      media_url: null,
      external_status_code: row.state,
    };
  }

  private extensions(row: PublicCaseRow, notes: readonly PublicUpdateRow[]): Fields {
    return {
      extended_attributes: { state: row.state },
      notes: list(
        'note',
        notes.map((note): Node => ({
          datetime: note.at.toISOString(),
          description: this.textOf(note),
          type: note.kind,
        })),
      ),
    };
  }

  private textOf(row: PublicUpdateRow): string {
    return row.text ?? wordsOfState(row.state, this.language);
  }

  private expected(row: PublicCaseRow): string | null {
    const terms = { calendar: row.calendar, stages: row.stageTimes.map((time) => ({ time })) };
    return promised({ receivedAt: row.requestedAt.toISOString(), terms }, this.catalogue) ?? null;
  }

  /** Until staff publish words for the place, the name of the office whose area it is. */
  private areaName(area: string | null): string | null {
    if (area === null) return null;
    const unit = this.catalogue.unitForArea('village', area) ?? this.catalogue.unitForArea('district', area);
    return unit?.name ?? area;
  }
}
