import { readFileSync } from 'node:fs';
import { z } from 'zod';

const time = z.iso.datetime({ offset: true });
const note = z.looseObject({
  datetime: time,
  type: z.string(),
  summary: z.string(),
  description: z.string().optional(),
});
const record = z.looseObject({
  service_request_id: z.string(),
  service_code: z.string(),
  service_name: z.string(),
  status: z.enum(['open', 'closed']),
  agency_responsible: z.string().optional(),
  requested_datetime: time,
  address: z.string().optional(),
  lat: z.number().optional(),
  long: z.number().optional(),
  attributes: z.record(z.string(), z.union([z.string(), z.number().transform(String)])).default({}),
  extended_attributes: z.looseObject({ parent_service_request_id: z.string().optional() }).default({}),
  notes: z.array(note),
});
/** A request of another city, in the words of GeoReport v2 with the extension `notes`. */
export type ForeignRecord = z.infer<typeof record>;
export type ForeignNote = z.infer<typeof note>;

export function readRecords(file: string): ForeignRecord[] {
  return z
    .array(record)
    .min(1)
    .parse(JSON.parse(readFileSync(file, 'utf8')));
}
