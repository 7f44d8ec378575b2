import { randomUUID } from 'node:crypto';
import { declaredMoney, type submission } from '@garda/contracts';
import { z } from 'zod';
import { call, callOnce, type Reply } from './http';

const receipt = z.looseObject({ caseId: z.string(), number: z.string(), trackingCode: z.string().optional() });
export type Receipt = z.infer<typeof receipt>;
const unit = z.looseObject({ code: z.string(), name: z.string() });
const coded = z.looseObject({ code: z.string(), words: z.string() });
const page = z.looseObject({
  number: z.string(),
  state: coded,
  unit: unit.optional(),
  dueAt: z.string().optional(),
  cost: z.looseObject({ words: z.string() }),
  question: z.looseObject({ request: z.string() }).optional(),
  mandate: z.looseObject({ mandate: z.string(), confirmed: z.boolean() }).optional(),
  decision: z.looseObject({ outcome: coded, referral: z.looseObject({ body: unit }).optional() }).optional(),
  papers: z.array(z.looseObject({ item: z.string(), is: coded, unit: unit.optional() })),
  time: z.array(z.looseObject({ with: z.string(), unit: unit.optional(), minutes: z.number(), words: z.string() })),
  next: z.array(z.looseObject({ action: z.string() })),
});
export type CitizenPage = z.infer<typeof page>;
const ownPayments = z.object({ items: z.array(declaredMoney.extend({ text: z.string().nullish() })) });
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
  async page(of: CodeHolder): Promise<CitizenPage> {
    const headers = { 'tracking-code': of.trackingCode };
    return page.parse((await call(`${this.url}/cases/${of.number}`, { headers })).json);
  }

  /** What everybody may read. */
  get(path: string): Promise<Reply> {
    return call(`${this.url}${path}`);
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

  confirmMandate(of: CodeHolder, mandate: string): Promise<Reply> {
    return this.post(`/cases/${of.number}/mandate/confirmation`, { mandate }, of.trackingCode);
  }

  declarePayment(of: CodeHolder, body: z.input<typeof declaredMoney> & { text?: string }): Promise<Reply> {
    return this.post(`/cases/${of.number}/payments`, body, of.trackingCode);
  }

  /** What he declared himself. */
  async payments(of: CodeHolder): Promise<z.infer<typeof ownPayments>> {
    const headers = { 'tracking-code': of.trackingCode };
    return ownPayments.parse((await call(`${this.url}/cases/${of.number}/payments`, { headers })).json);
  }

  /** As it comes, a refusal too. */
  whatever(path: string, of: CodeHolder): Promise<Reply> {
    return callOnce(`${this.url}${path}`, { headers: { 'tracking-code': of.trackingCode } });
  }

  /** What the holder of the code prints at home: HTML. */
  async receipt(of: CodeHolder): Promise<string> {
    const headers = { 'tracking-code': of.trackingCode };
    return (await call(`${this.url}/cases/${of.number}/receipt`, { headers })).text;
  }

  /** The page that prints slips: opened by its button, once. `at` is the address that was given with the book. */
  async print(at: string): Promise<string> {
    return (await call(new URL(at, this.url).href, { method: 'POST' })).text;
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
