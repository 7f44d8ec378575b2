import type { ResolutionFact, Rung } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { termEnd } from '../shared/deadline';
import type { Due } from '../shared/due';
import { resolutionFact } from '../shared/facts';
import { silences } from '../shared/silences';
import { isOpenWork, type KnownResolutionCase } from './case';
import { openFees, type Fee } from './fees';
import { reminderAt } from './treasury';
import { productsReadySince } from './product-clock';
import { anyOnTheWay, isInTheHouse, isSent, papersNow, type Paper } from './papers';
import { endOf, latest, type Start } from './start';

/** A silence that somebody will be told of. */
export interface Reminder extends Due {
  readonly clock: Rung;
  readonly to: readonly string[];
}

interface Silence {
  readonly rung: Rung;
  readonly step: number;
  readonly start: Start;
  readonly term: string;
  readonly to: readonly string[];
}

/** All reminders that are still to come, as things stand. Each is told once of one start of its clock. */
export function remindersOf(state: KnownResolutionCase, catalogue: Catalogue): readonly Reminder[] {
  const calendar = catalogue.calendar(state.file.terms.calendar);
  const reported = state.file.reportedUnit;
  const told = [...silencesOf(inPresent(state, catalogue)), ...refunds(state, catalogue)]
    .filter(({ rung, start, step }) => !hasReminded(state, rung, start.version, step))
    .map(({ rung, step, start, term, to }): Reminder => {
      const units = to.filter((unit) => !catalogue.keepsAway(unit, reported));
      const dueAt = termEnd(calendar, start.at, term);
      return { clock: rung, startedVersion: start.version, rung: step, dueAt, to: units };
    });
  return [...told, ...unpaid(state, catalogue)];
}

/** The work and the papers by the units that have them now: an office that only changed its name sends itself nothing. */
function inPresent(state: KnownResolutionCase, catalogue: Catalogue): KnownResolutionCase {
  const { work } = state;
  const papers = papersNow(state.papers, catalogue);
  return {
    ...state,
    papers,
    work: work === null ? null : { ...work, unit: catalogue.present(work.unit) },
  } as typeof state;
}

/** What a reminder's timer does. */
export function remind({ file: { caseId } }: KnownResolutionCase, due: Reminder): ResolutionFact {
  const { clock: rung, rung: step, startedVersion, to, dueAt } = due;
  return resolutionFact('ReminderDue', { caseId, rung, step, startedVersion, to: [...to], dueAt });
}

/** Whether this silence was told of before. */
export function hasReminded(state: KnownResolutionCase, rung: Rung, startedVersion: number, step = 1): boolean {
  return state.reminded.some((one) => one.rung === rung && one.step === step && one.startedVersion === startedVersion);
}

/** Of those who were told of a silence, whom it still concerns: nothing of theirs was done since. */
export function stillSilent(
  state: KnownResolutionCase,
  { rung, startedVersion, step, to }: KnownResolutionCase['reminded'][number],
  catalogue: Catalogue,
): readonly string[] {
  const units = [...silencesOf(inPresent(state, catalogue)), ...refunds(state, catalogue)]
    .filter((one) => one.rung === rung && one.start.version === startedVersion && one.step === step)
    .flatMap((one) => one.to);
  return to.filter((unit) => units.includes(catalogue.present(unit)));
}

/** The bills that the work waits for. */
export function awaitedFees({ status, money }: KnownResolutionCase): readonly Fee[] {
  return status === 'working' ? openFees(money) : [];
}

/** The citizen is reminded of each bill while the work waits for it. */
function unpaid(state: KnownResolutionCase, catalogue: Catalogue): readonly Reminder[] {
  return awaitedFees(state)
    .filter(({ version }) => !hasReminded(state, 'fee_not_paid', version))
    .map((fee) => {
      const dueAt = reminderAt(state.file, fee, catalogue);
      return { clock: 'fee_not_paid', startedVersion: fee.version, rung: 1, dueAt, to: [] };
    });
}

/** The treasury's silence on a refund: its head, then the regional secretary. It outlives the case. */
function refunds({ money }: KnownResolutionCase, catalogue: Catalogue): readonly Silence[] {
  const heads = [catalogue.unitOfKind('treasury')?.code, catalogue.unitOfKind('secretariat')?.code];
  return money.refunds.flatMap(({ state, at, version }) => {
    if (state !== 'requested' && state !== 'granted') return [];
    const rung = state === 'requested' ? 'refund_not_decided' : 'refund_not_paid';
    const start = { at, version };
    return silences[rung].terms.map((term, index): Silence => {
      const head = heads[index];
      return { rung, step: index + 1, start, term, to: head === undefined ? [] : [head] };
    });
  });
}

function silencesOf(state: KnownResolutionCase): readonly Silence[] {
  return [
    ...travelling(state),
    ...notSentOn(state),
    ...incomplete(state),
    ...notFetched(state),
    ...notCollected(state),
  ];
}

/** Papers on the way: both heads. Papers found missing: the head of whoever sent them. */
function travelling({ papers }: KnownResolutionCase): readonly Silence[] {
  const sent = papers.filter(isSent).map((paper): Silence => {
    const { unit, to, state } = paper;
    const rung = state === 'missing' ? 'papers_missing' : 'papers_not_acknowledged';
    const both = to === null ? [unit] : [unit, to];
    const [term] = silences[rung].terms;
    return { rung, step: 1, start: startOf(paper), term, to: state === 'missing' ? [unit] : both };
  });
  return together(sent);
}

/** The work is with another unit, and the papers still lie here. */
function notSentOn(state: KnownResolutionCase): readonly Silence[] {
  const { work, papers } = state;
  if (work === null || !isOpenWork(state)) return [];
  const began: Start = { at: work.since, version: work.version };
  const lying = papers.filter((paper) => paper.state === 'held' && paper.unit !== work.unit);
  return together(
    lying.map((paper) => ({
      ...{ rung: 'papers_not_sent_on', step: 1, term: silences.papers_not_sent_on.terms[0] },
      start: latest(began, startOf(paper)),
      to: [paper.unit],
    })),
  );
}

/** Taken and neither accepted nor asked about: the head is told, and the file counts as complete. */
function incomplete(state: KnownResolutionCase): readonly Silence[] {
  if (state.status !== 'pending' || state.taken === null || anyOnTheWay(state.papers)) return [];
  const { work, taken, papers } = state;
  const here = papers.filter((paper) => paper.state === 'held' && paper.unit === work.unit);
  // The clock is that of the taking; it waits for papers that came later.
  const { at } = here.map(startOf).reduce(latest, taken);
  const start = { at, version: taken.version };
  return [{ rung: 'completeness_check', step: 1, start, term: silences.completeness_check.terms[0], to: [work.unit] }];
}

function notFetched(state: KnownResolutionCase): readonly Silence[] {
  const start = readySince(state);
  if (start === undefined) return [];
  return silences.papers_not_fetched.terms.map((term, index) => ({
    rung: 'papers_not_fetched',
    step: index + 1,
    start,
    term,
    to: [],
  }));
}

/** A product lies ready: the citizen is told once more. */
function notCollected(state: KnownResolutionCase): readonly Silence[] {
  const start = productsReadySince(state);
  return start === undefined
    ? []
    : [{ rung: 'product_not_collected', step: 1, start, term: silences.product_not_collected.terms[0], to: [] }];
}

/** The clock that archives what nobody fetched. */
export function archiveDue(state: KnownResolutionCase, catalogue: Catalogue): readonly Due[] {
  const start = readySince(state);
  if (start === undefined) return [];
  const dueAt = termEnd(catalogue.calendar(state.file.terms.calendar), start.at, silences.archive.terms[0]);
  return [{ clock: 'archive', startedVersion: start.version, rung: 1, dueAt }];
}

/** Whatever lies at a unit is archived there. */
export function archive(state: KnownResolutionCase): readonly ResolutionFact[] {
  const held = state.papers.filter((paper) => paper.state === 'held');
  const { caseId } = state.file;
  return [...new Set(held.map(({ unit }) => unit))].map((unit) =>
    resolutionFact('DocumentsArchived', {
      caseId,
      unit,
      items: held.filter((paper) => paper.unit === unit).map(({ item }) => item),
    }),
  );
}

/** Since when the citizen may fetch his papers: since the end of the work, or since the last of them is back at a desk. */
function readySince(state: KnownResolutionCase): Start | undefined {
  const ended = endOf(state);
  const held = state.papers.filter((paper) => paper.state === 'held');
  return ended === undefined || held.length === 0 ? undefined : held.map(startOf).reduce(latest, ended);
}

/** Nothing closes while a paper of the citizen is in the house. */
export function waitsForPapers(state: KnownResolutionCase): boolean {
  return state.papers.some(isInTheHouse);
}

const startOf = ({ since: at, version }: Paper): Start => ({ at, version });

/** One silence for each start of its clock, whatever began together; each who is to be told of it is told at once. */
function together(silences: readonly Silence[]): readonly Silence[] {
  const all = new Map<number, Silence>();
  for (const one of silences) {
    const { version } = one.start;
    const to = new Set([...(all.get(version)?.to ?? []), ...one.to]);
    all.set(version, { ...one, to: [...to] });
  }
  return [...all.values()];
}
