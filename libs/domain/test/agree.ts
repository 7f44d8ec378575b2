import { activeReferral, isOpen } from '../src/routing/case';
import { isOpenWork, type ResolutionCase } from '../src/resolution/case';
import { billState, type CitizenFee } from '../src/intake/fee';
import type { Money } from '../src/resolution/fees';
import type { Paper } from '../src/resolution/papers';
import type { PaperPlace } from '../src/routing/case';
import type { System } from './system';

type Status = Exclude<ResolutionCase['status'], 'none'>;

/** What the other two contexts say when resolution says this and nothing is on its way. */
const agreed: Readonly<Record<Status, { intake: readonly string[]; routing: readonly string[] }>> = {
  known: { intake: ['received', 'working'], routing: ['triage'] },
  pending: { intake: ['received', 'working'], routing: ['offered', 'held'] },
  working: { intake: ['working'], routing: ['held'] },
  waiting: { intake: ['waiting'], routing: ['triage', 'offered', 'held'] },
  // Handed on, the next unit is always found in the same breath.
  handed: { intake: [], routing: [] },
  decided: { intake: ['decided'], routing: ['settled', 'outside'] },
  disputed: { intake: ['disputed'], routing: ['settled', 'outside', 'released'] },
  final: { intake: ['final'], routing: ['settled', 'outside', 'released'] },
  withdrawn: { intake: ['withdrawn'], routing: ['settled'] },
  closed: { intake: ['closed'], routing: ['released'] },
};

const whereInRouting = { held: 'at', returned: 'none', with_proxy: 'none', archived: 'none' } as const;
const words = (papers: readonly (readonly [string, string, string | null])[]) => JSON.stringify([...papers].sort());
/** Where each paper is, in one word: whoever has it counts only while somebody has it. */
const papersIn = (papers: readonly PaperPlace[]) =>
  words(papers.map(({ item, where, unit }) => [item, where, where === 'at' ? unit : null]));
const papersInWork = (papers: readonly Paper[]) =>
  words(
    papers.map(({ item, state, unit }) => {
      const where = (whereInRouting as Readonly<Record<string, string>>)[state] ?? state;
      return [item, where, where === 'at' ? unit : null];
    }),
  );

const billsIn = (fees: readonly CitizenFee[]) => JSON.stringify(fees.map((fee) => [fee.ref, billState(fee)]));
/** A bill by what is with the office of the payments for it, then by what was said of it. */
const billsInWork = ({ fees, payments, refunds }: Money) =>
  JSON.stringify(
    fees.map(({ ref, state }) => {
      const paid = payments.filter((payment) => payment.fee === ref).map((payment) => payment.ref);
      const back = refunds.filter((refund) => refund.state === 'paid' && paid.includes(refund.payment)).length;
      if (back > 0 && back === paid.length) return [ref, 'refunded'];
      return [ref, state === 'cancelled' ? 'cancelled' : paid.length > 0 ? 'received' : 'assessed'];
    }),
  );

/** Where the three contexts disagree about a case of which nothing is on its way any more; in words. */
export function disagreements(system: System): readonly string[] {
  const [intake, routing, work] = [system.intake.state, system.routing.state, system.resolution.state];
  if (intake.status === 'none' || routing.status === 'none' || work.status === 'none')
    return ['somebody does not know it'];
  const expected = agreed[work.status];
  const says = (wrong: boolean, words: string): readonly string[] => (wrong ? [words] : []);
  const { place } = routing;
  const openWait = routing.waits.some((wait) => wait.until === null);
  const question = work.questions.find((one) => one.state === 'open');
  const bill = work.money.fees.find((one) => one.state === 'open');
  return [
    ...says(billsIn(intake.fees) !== billsInWork(work.money), 'the citizen is told of other bills'),
    ...says(!expected.intake.includes(intake.status), `${work.status} in resolution, ${intake.status} in intake`),
    ...says(!expected.routing.includes(routing.status), `${work.status} in resolution, ${routing.status} in routing`),
    ...says(isOpen(routing) !== isOpenWork(work), 'open in one of routing and resolution'),
    ...says(place?.unit !== work.work?.unit || place?.stage !== work.work?.stage, 'another unit or stage'),
    ...says(place?.offer !== work.work?.offer, 'another offer'),
    ...says(isOpen(routing) && (place?.officer ?? null) !== work.officer, 'another officer'),
    ...says(intake.unit !== (work.work?.unit ?? null), 'the citizen is told of another unit'),
    ...says(
      openWait && question?.told == null && bill?.told == null,
      'the clock stands still and nobody is waited for',
    ),
    ...says(
      (question?.told != null || bill?.told != null) && !openWait,
      'the citizen is waited for and the clock runs',
    ),
    ...says(papersIn(routing.papers) !== papersInWork(work.papers), 'papers in another place'),
    ...says((intake.question?.ref ?? null) !== (question?.ref ?? null), 'another question is open'),
    ...says(
      'decision' in work &&
        work.status !== 'closed' &&
        (work.decision?.outcome === 'referred_outside') !== (routing.status === 'outside') &&
        routing.status !== 'released',
      'referred outside in one of routing and resolution',
    ),
    ...says(routing.status === 'outside' && activeReferral(routing) === null, 'outside, and with nobody'),
    ...says(intake.dispute !== null, 'an objection is not answered'),
    ...says(intake.disputes !== work.disputes.length, 'another number of objections stood'),
    ...says((work.status === 'disputed') !== (routing.dispute !== null), 'disputed in one of routing and resolution'),
    ...says(
      work.status === 'disputed' && work.disputes.at(-1)?.to !== routing.dispute?.to,
      'somebody else is to decide the dispute',
    ),
    ...says(
      intake.decision !== null && 'decision' in work && intake.decision.ref !== work.decision?.ref,
      'another decision',
    ),
    ...says(
      intake.withdrawal !== null && work.status !== 'withdrawn' && work.status !== 'closed',
      'a withdrawal is not answered',
    ),
  ];
}
