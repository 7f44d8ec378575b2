import { Refusal, type ResolutionFact, type StaffCommandBody } from '@garda/contracts';
import { checkOccurredAt } from '../shared/actor';
import { checkNotReported } from '../shared/catalogue';
import type { StaffAsk } from '../shared/commands';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { isOpenWork, type KnownResolutionCase, type ResolutionCase } from './case';
import { isInTheHouse, isSent, papersNow, type Paper } from './papers';

/** A case, and the unit at whose desk somebody speaks: papers are moved whatever the case waits for. */
interface Desk {
  readonly known: KnownResolutionCase;
  readonly unit: string;
}

type Ask<N extends 'receive-papers' | 'hand-over-papers' | 'acknowledge-papers' | 'lose-papers' | 'return-papers'> =
  StaffAsk<StaffCommandBody<N>>;

function deskOf(
  state: ResolutionCase,
  { actor, body }: StaffAsk<{ readonly occurredAt?: string | undefined }>,
  { catalogue }: Given,
): Desk {
  checkOccurredAt(actor, body.occurredAt);
  if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'resolution has no such case');
  checkNotReported(catalogue, actor, state.file.reportedUnit);
  if (actor.kind !== 'staff') throw new Refusal('NOT_RESPONSIBLE', `a ${actor.kind} has no papers in hand`);
  return { known: { ...state, papers: papersNow(state.papers, catalogue) }, unit: actor.unit };
}

/** Every item must be such a paper; which one is not is no secret, it is printed on the slip. */
function checkEach(
  { known }: Desk,
  items: readonly string[],
  fits: (paper: Paper) => boolean,
  code: 'PAPERS_NOT_HELD' | 'PAPERS_NOT_SENT_HERE',
): void {
  for (const item of items) {
    const paper = known.papers.find((one) => one.item === item);
    if (paper === undefined || !fits(paper))
      throw new Refusal(code, paper === undefined ? 'no such paper' : `${paper.state}, ${paper.unit}`);
  }
}

/** A desk takes papers from the citizen while the case is open; one that was lost or given back may come anew. */
export function receivePapers(state: ResolutionCase, ask: Ask<'receive-papers'>, given: Given) {
  const { known, unit } = deskOf(state, ask, given);
  if (!isOpenWork(known)) throw new Refusal('CASE_NOT_OPEN', `the case is ${known.status}`);
  const { items } = ask.body;
  if (known.papers.some((paper) => items.includes(paper.item) && isInTheHouse(paper)))
    throw new Refusal('PAPERS_KNOWN', 'one of the papers is in the house already');
  return [documents('DocumentsReceived', known, { unit, items })];
}

/** The unit that has papers sends them on by a carrier who is named; what was found missing may be sent after all. */
export function handOverPapers(state: ResolutionCase, ask: Ask<'hand-over-papers'>, given: Given) {
  const desk = deskOf(state, ask, given);
  const { known, unit } = desk;
  const { items, to, carrier, trip } = ask.body;
  if (to === unit) throw new Refusal('RECEIVER_IS_SENDER', 'papers are handed over to another unit');
  const receiver = given.catalogue.unit(to);
  if (receiver === undefined || receiver.tier === 'external') throw new Refusal('UNIT_UNKNOWN', `no unit ${to}`);
  checkEach(
    desk,
    items,
    (paper) => paper.unit === unit && (paper.state === 'held' || paper.state === 'missing'),
    'PAPERS_NOT_HELD',
  );
  return [documents('DocumentsHandedOver', known, { unit, items, to, carrier, trip })];
}

/** The receiver says what has come and what has not. What it called missing before may have come after all. */
export function acknowledgePapers(state: ResolutionCase, ask: Ask<'acknowledge-papers'>, given: Given) {
  const desk = deskOf(state, ask, given);
  const { known, unit } = desk;
  const { items, missing } = ask.body;
  checkEach(desk, items, (paper) => paper.to === unit && isSent(paper), 'PAPERS_NOT_SENT_HERE');
  checkEach(desk, missing, (paper) => paper.to === unit && paper.state === 'on_the_way', 'PAPERS_NOT_SENT_HERE');
  return [documents('DocumentsAcknowledged', known, { unit, items, missing })];
}

/** The unit that has or sent papers, as proxy too, says that they are lost: its head is told, and replacing them is at its cost. */
export function losePapers(state: ResolutionCase, ask: Ask<'lose-papers'>, given: Given) {
  const desk = deskOf(state, ask, given);
  const { known, unit } = desk;
  const { items } = ask.body;
  const answers = (paper: Paper): boolean => isInTheHouse(paper) || paper.state === 'with_proxy';
  checkEach(desk, items, (paper) => paper.unit === unit && answers(paper), 'PAPERS_NOT_HELD');
  return [documents('DocumentsLost', known, { unit, items })];
}

/** Whether the unit acts for the citizen, who has confirmed it. */
export function isProxy(mandate: KnownResolutionCase['mandate'], unit: string): boolean {
  return mandate?.state === 'confirmed' && mandate.unit === unit;
}

/**
 * The desk that has papers gives them back against a signature: to the citizen, or as the proxy whom he has confirmed, who
 * then gives them to him, whatever has become of his mandate.
 */
export function returnPapers(state: ResolutionCase, ask: Ask<'return-papers'>, given: Given) {
  const desk = deskOf(state, ask, given);
  const { known, unit } = desk;
  const { items, to, receipt } = ask.body;
  // The citizen's own desk is his proxy as long as he has confirmed it (B.5).
  if (to === 'proxy' && !isProxy(known.mandate, unit))
    throw new Refusal('MANDATE_NOT_CONFIRMED', 'no confirmed mandate is known here');
  const has = ({ state: is }: Paper): boolean => is === 'held' || (is === 'with_proxy' && to === 'applicant');
  checkEach(desk, items, (paper) => paper.unit === unit && has(paper), 'PAPERS_NOT_HELD');
  return [documents('DocumentsReturned', known, { unit, items, to, receipt })];
}

type Type =
  'DocumentsReceived' | 'DocumentsHandedOver' | 'DocumentsAcknowledged' | 'DocumentsLost' | 'DocumentsReturned';

function documents<T extends Type>(
  type: T,
  { file: { caseId } }: KnownResolutionCase,
  data: Omit<Parameters<typeof resolutionFact<T>>[1], 'caseId'>,
): ResolutionFact {
  return resolutionFact(type, { caseId, ...data } as Parameters<typeof resolutionFact<T>>[1]);
}
