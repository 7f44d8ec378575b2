import { Refusal, type ResolutionFact, type StaffCommandBody, type TariffLine } from '@garda/contracts';
import type { StaffAsk } from '../shared/commands';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase, WorkCase } from './case';
import { isCharged, openFees, unclaimed } from './fees';
import { checkWorking, workOf, type OpenWork } from './guards';

/** Rule 3: a fee cites a line of the pinned tariff, and is what the line says. The citizen pays the treasury, never us. */
export function assessFee(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'assess-fee'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workOf(state, ask, given);
  checkWorking(known);
  const { line, amount, billingCode, payBefore } = ask.body;
  checkAmount(tariffLineOf(known, line), amount);
  const { fees } = known.money;
  if (fees.some((fee) => fee.billingCode === billingCode))
    throw new Refusal('BILLING_CODE_USED', 'a bill of this case has the code');
  if (isCharged(known.money, line)) throw new Refusal('FEE_OPEN', `a fee of ${line} is open or paid`);
  const { unit } = known.work;
  const { caseId } = known.file;
  return [resolutionFact('FeeAssessed', { caseId, unit, line, amount, billingCode, payBefore })];
}

/** The officer or a head takes a fee back while the case is worked on; what was paid for it goes back by itself. */
export function cancelFee(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'cancel-fee'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workOf(state, ask, given);
  checkWorking(known);
  const { billingCode, reason } = ask.body;
  const fee = known.money.fees.find((one) => one.billingCode === billingCode);
  if (fee === undefined) throw new Refusal('FEE_UNKNOWN', 'no bill of this case has the code');
  if (fee.state !== 'open' && fee.state !== 'paid') throw new Refusal('FEE_NOT_OPEN', `the fee is ${fee.state}`);
  const { caseId } = known.file;
  const refunds = unclaimed(known.money)
    .filter((payment) => payment.fee === fee.ref)
    .map(({ ref: payment, amount }) =>
      resolutionFact('RefundRequested', { caseId, payment, amount, reason: 'cancelled' }),
    );
  const { unit } = known.work;
  return [resolutionFact('FeeAssessmentCancelled', { caseId, unit, fee: fee.ref, reason }), ...refunds];
}

function tariffLineOf({ file }: WorkCase, line: string): TariffLine {
  const found = file.terms.tariff?.find((one) => one.line === line);
  if (found === undefined) throw new Refusal('TARIFF_LINE_UNKNOWN', `${file.terms.standard} has no line ${line}`);
  if (found.enabled === false) throw new Refusal('TARIFF_LINE_NOT_ENABLED', `${line} is shown, not charged`);
  return found;
}

function checkAmount({ line, amount, ceiling }: TariffLine, asked: number): void {
  if (ceiling !== undefined && asked > ceiling) throw new Refusal('FEE_ABOVE_CEILING', `${line}: at most ${ceiling}`);
  if (amount !== undefined && asked !== amount) throw new Refusal('FEE_AMOUNT_WRONG', `${line}: ${amount}`);
  if (amount === undefined && ceiling === undefined) throw new Refusal('TARIFF_LINE_NOT_ENABLED', `${line}: no amount`);
}

/** A stage or a case with an open bill does not end well. */
export function checkNoOpenBill({ money }: OpenWork): void {
  if (openFees(money).length > 0) throw new Refusal('FEE_NOT_PAID', 'a bill is open');
}

/** A product with a fee is issued after payment. */
export function checkPaid(known: OpenWork): void {
  checkNoOpenBill(known);
  const paid = (line: string) => known.money.fees.some((fee) => fee.line === line && fee.state === 'paid');
  const charged = ({ kind, enabled }: TariffLine) => kind === 'retribusi' && enabled !== false;
  const owed = known.file.terms.tariff?.find((line) => charged(line) && !paid(line.line));
  if (owed !== undefined) throw new Refusal('FEE_NOT_PAID', `${owed.line} is paid first`);
}
