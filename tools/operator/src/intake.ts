import { randomUUID } from 'node:crypto';
import type { submission } from '@garda/contracts';
import { z } from 'zod';
import { call, type Reply } from './http';

const receipt = z.looseObject({ caseId: z.string(), number: z.string(), trackingCode: z.string().optional() });
export type Receipt = z.infer<typeof receipt>;
const page = z.looseObject({ number: z.string(), question: z.looseObject({ request: z.string() }).optional() });
const open311Request = z.looseObject({
  service_request_id: z.string(),
  status: z.string().optional(),
  service_code: z.string().optional(),
  agency_responsible: z.string().nullish(),
  description: z.string().nullish(),
  requested_datetime: z.string().optional(),
  address: z.string().nullish(),
  lat: z.number().nullish(),
  long: z.number().nullish(),
});
export type Open311Request = z.infer<typeof open311Request>;
const open311Update = z.looseObject({
  service_request_id: z.string(),
  updated_datetime: z.string(),
  description: z.string().nullish(),
});
export type Open311Update = z.infer<typeof open311Update>;

/** Whoever holds number and tracking code. */
export interface CodeHolder {
  readonly number: string;
  readonly trackingCode: string;
}

/** The public door, as a citizen's browser or another city's program uses it. */
export class Intake {
  constructor(private readonly url: string) {}

  async submit(body: z.input<typeof submission>): Promise<Receipt> {
    return receipt.parse((await this.post('/cases', body)).json);
  }

  /** The citizen's page: what it shows counts as told. */
  async page(of: CodeHolder): Promise<z.infer<typeof page>> {
    const headers = { 'tracking-code': of.trackingCode };
    return page.parse((await call(`${this.url}/cases/${of.number}`, { headers })).json);
  }

  answer(of: CodeHolder, body: { request: string; items: string[]; text: string }): Promise<Reply> {
    return this.post(`/cases/${of.number}/answers`, body, of.trackingCode);
  }

  withdraw(of: CodeHolder): Promise<Reply> {
    return this.post(`/cases/${of.number}/withdrawal`, {}, of.trackingCode);
  }

  dispute(of: CodeHolder, body: { reason: string }): Promise<Reply> {
    return this.post(`/cases/${of.number}/dispute`, body, of.trackingCode);
  }

  rate(of: CodeHolder, body: { stars: number; satisfied: boolean }): Promise<Reply> {
    return this.post(`/cases/${of.number}/rating`, body, of.trackingCode);
  }

  /** GeoReport v2, form encoded as its clients send it. Answers the public number. */
  async report(form: readonly (readonly [string, string])[]): Promise<string> {
    const { json } = await call(`${this.url}/open311/v2/requests.json`, { method: 'POST', form });
    return one(z.array(open311Request).parse(json)).service_request_id;
  }

  async request(number: string): Promise<Open311Request | undefined> {
    const reply = await call(`${this.url}/open311/v2/requests.json?service_request_id=${number}`);
    return z.array(open311Request).parse(reply.json)[0];
  }

  async updates(number: string): Promise<Open311Update[]> {
    const reply = await call(`${this.url}/open311/v2/servicerequestupdates.json?service_request_id=${number}`);
    return z.array(open311Update).parse(reply.json);
  }

  private post(path: string, body: unknown, trackingCode?: string): Promise<Reply> {
    return call(`${this.url}${path}`, {
      method: 'POST',
      body,
      headers: {
        // Anonymous callers share one principal: their key is a UUID.
        'idempotency-key': randomUUID(),
        ...(trackingCode === undefined ? {} : { 'tracking-code': trackingCode }),
      },
    });
  }
}

function one<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`expected one item, got ${items.length}`);
  return item;
}
