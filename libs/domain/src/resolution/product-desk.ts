import { Refusal, type ResolutionFact, type StaffCommandBody } from '@garda/contracts';
import { checkOccurredAt, filingUnit } from '../shared/actor';
import { checkNotReported } from '../shared/catalogue';
import type { StaffAsk } from '../shared/commands';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { KnownResolutionCase, ResolutionCase } from './case';
import { isProxy } from './paper-desk';
import { checkNoParty } from './party';
import type { IssuedProduct } from './products';

interface Counter {
  readonly known: KnownResolutionCase;
  readonly unit: string;
  readonly product: IssuedProduct;
}

/** The unit that issued a product sends it to a desk nearer to the citizen, by a carrier who is named. */
export function sendProduct(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'send-product'>>,
  given: Given,
): readonly ResolutionFact[] {
  const { known, unit, product } = counterOf(state, ask, given);
  const { to, carrier } = ask.body;
  if (unit !== product.unit || unit !== product.holder)
    throw new Refusal('PRODUCT_NOT_HERE', `${product.unit} issued it, ${product.holder} has it`);
  if (to === unit) throw new Refusal('RECEIVER_IS_SENDER', 'a product is sent to another unit');
  const receiver = given.catalogue.unit(to);
  if (receiver === undefined || receiver.tier === 'external') throw new Refusal('UNIT_UNKNOWN', `no unit ${to}`);
  const { caseId } = known.file;
  const { ref: issued, product: name } = product;
  return [resolutionFact('ProductSent', { caseId, unit, issued, product: name, to, carrier })];
}

/** Whoever has it hands it over, or the desk where the case was filed: to the citizen, or to his confirmed proxy. */
export function deliverProduct(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'deliver-product'>>,
  given: Given,
): readonly ResolutionFact[] {
  const { known, unit, product } = counterOf(state, ask, given);
  const { to, receipt } = ask.body;
  const desk = filingUnit(known.file.filedBy);
  const filed = desk !== undefined && given.catalogue.present(desk) === unit && product.state !== 'taken_back';
  if (unit !== product.holder && !filed) throw new Refusal('PRODUCT_NOT_HERE', `${product.holder} has it`);
  if (to === 'proxy' && !isProxy(known.mandate, unit))
    throw new Refusal('MANDATE_NOT_CONFIRMED', 'no confirmed mandate is known here');
  const { caseId } = known.file;
  const { ref: issued, product: name } = product;
  return [resolutionFact('ProductDelivered', { caseId, unit, issued, product: name, to, receipt })];
}

/** What is handed over is final and decided on, and still with an office. */
function counterOf(
  state: ResolutionCase,
  { actor, body }: StaffAsk<{ readonly product: string; readonly occurredAt?: string | undefined }>,
  { catalogue }: Given,
): Counter {
  checkOccurredAt(actor, body.occurredAt);
  if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'resolution has no such case');
  checkNotReported(catalogue, actor, state.file.reportedUnit);
  checkNoParty(state, actor);
  if (actor.kind !== 'staff') throw new Refusal('NOT_RESPONSIBLE', `a ${actor.kind} hands nothing over`);
  if (state.status !== 'decided' && state.status !== 'final' && state.status !== 'closed')
    throw new Refusal('NOT_DECIDED', `the case is ${state.status}`);
  const product = state.products.find((one) => one.ref === body.product && !one.partial);
  if (product === undefined) throw new Refusal('PRODUCT_UNKNOWN', 'no such product was issued');
  if (product.state === 'delivered') throw new Refusal('PRODUCT_DELIVERED', `by ${product.holder}`);
  const { unit, holder } = product;
  const now = { ...product, unit: catalogue.present(unit), holder: catalogue.present(holder) };
  return { known: state, unit: actor.unit, product: now };
}
