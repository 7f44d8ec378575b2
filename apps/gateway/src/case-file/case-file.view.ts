import {
  activeReferral,
  isProvisional,
  openMandate,
  sharesOf,
  type Catalogue,
  type Course,
  type IssuedProduct,
  type Money,
  type OfficeRecord,
} from '@garda/domain';
import type { CaseFileBody } from './case-file.body';
import type { CaseFileRow, TimelineRow } from './entities';
import { tasksOf } from './tasks';

/** The file as it is answered: from each section what it says, and nothing for a section that has not arrived. */
export function viewOf(
  row: CaseFileRow,
  timeline: readonly TimelineRow[],
  { behindSince, catalogue }: { behindSince: string | undefined; catalogue: Catalogue },
): CaseFileBody {
  return {
    caseId: row.caseId,
    status: row.status,
    ...present({
      citizenStatus: row.citizenStatus,
      officer: row.officer,
      dueAt: row.dueAt?.toISOString(),
      stageDueAt: row.stageDueAt?.toISOString(),
      outcome: row.outcome,
      behindSince,
    }),
    ...intakePart(row),
    ...routingPart(row),
    ...sharesPart(row, catalogue),
    ...(isProvisionalFile(row, catalogue) ? { provisional: true as const } : {}),
    ...resolutionPart(row),
    tasks: tasksOf(row.deskTasks, row.workTasks),
    clockStopped: row.clockStopped ?? false,
    versions: {
      intake: row.intakeVersion ?? 0,
      routing: row.routingVersion ?? 0,
      resolution: row.resolutionVersion ?? 0,
    },
    timeline: timeline.map(({ context, version, type, recordedAt, occurredAt, actorKind, actorUnit }) => ({
      context,
      version,
      type,
      at: recordedAt.toISOString(),
      occurredAt: occurredAt.toISOString(),
      actor: { kind: actorKind, ...present({ unit: actorUnit }) },
    })),
  };
}

function intakePart({
  intakeState: state,
}: CaseFileRow): Partial<CaseFileBody> & Pick<CaseFileBody, 'sealed' | 'evidence'> {
  if (state === null || state.status === 'none') return { sealed: 0, evidence: [] };
  const { file, summary, answers, evidence, erasure } = state;
  const mandate = openMandate(state);
  return {
    number: file.number,
    standard: file.terms.standard,
    kind: file.terms.kind,
    receivedAt: file.receivedAt,
    filedBy: { by: file.filedBy.by, ...(file.filedBy.by === 'desk' ? { unit: file.filedBy.unit } : {}) },
    flags: { identity: file.identity, content: file.content },
    place: file.objectPlace,
    attributes: file.attributes,
    ...(summary === null ? {} : { summary: { text: summary.text, ...present({ place: summary.place }) } }),
    ...(mandate === undefined
      ? {}
      : { mandate: { unit: mandate.unit, carrier: mandate.carrier, confirmed: mandate.state === 'confirmed' } }),
    ...(erasure === null
      ? {}
      : { erasure: { state: erasure.state, at: erasure.at, ...present({ code: erasure.code }) } }),
    sealed: file.sealed.length + answers.length,
    evidence: evidence.map(({ ref, sha256, mediaType, size, at }) => ({
      ...{ ref, sha256, mediaType, at },
      ...present({ size }),
    })),
  };
}

function routingPart({
  routingState: state,
}: CaseFileRow): Partial<CaseFileBody> & Pick<CaseFileBody, 'duplicates' | 'escalations'> {
  if (state === null || state.status === 'none') return { duplicates: { followers: [] }, escalations: [] };
  const { place, triage, file, dispute } = state;
  const referral = activeReferral(state);
  return {
    routing: {
      status: state.status,
      stage: state.stage,
      stages: file.terms.stages.length,
      past: [...state.past],
      ...(place === null
        ? {}
        : { unit: place.unit, offer: place.offer, binding: place.binding, acknowledged: place.acknowledged }),
      ...(triage === null
        ? {}
        : { triage: { reason: triage.reason, since: triage.since, ...present({ suggestion: triage.suggestion }) } }),
    },
    ...(dispute === null
      ? {}
      : { dispute: { at: dispute.at, ...present({ decidedBy: dispute.decidedBy, to: dispute.to }) } }),
    ...(referral === null ? {} : { referral: referralOf(referral) }),
    duplicates: { followers: state.followers.map((one) => one.caseId), ...present({ leader: state.leader }) },
    escalations: state.climbed.map(({ clock, rung, to }) => ({ clock, rung, to })),
  };
}

function sharesPart(
  { routingState: state }: CaseFileRow,
  catalogue: Catalogue,
): Pick<CaseFileBody, 'shares' | 'since'> {
  if (state === null || state.status === 'none') return { shares: [] };
  const shares = sharesOf(state.spans, catalogue.calendar(state.file.terms.calendar));
  const last = state.spans.at(-1);
  return {
    shares: shares.map(({ unit, ...share }) => ({ ...share, ...present({ unit }) })),
    ...(last?.until === null ? { since: { with: last.with, at: last.from, ...present({ unit: last.unit }) } } : {}),
  };
}

function isProvisionalFile({ routingState: state, dueAt, stageDueAt }: CaseFileRow, catalogue: Catalogue): boolean {
  if (state === null || state.status === 'none') return false;
  const calendar = catalogue.calendar(state.file.terms.calendar);
  return [dueAt, stageDueAt].some((due) => due !== null && isProvisional(calendar, due.toISOString()));
}

function referralOf({ body, by, at, asked, answer }: NonNullable<ReturnType<typeof activeReferral>>) {
  return { body, by, at, asked, ...present({ answer }) };
}

function resolutionPart({
  resolutionState: state,
}: CaseFileRow): Pick<
  CaseFileBody,
  'questions' | 'products' | 'papers' | 'reminders' | 'money' | 'course' | 'records'
> {
  if (state === null || state.status === 'none') return nothingOfWork;
  return {
    papers: state.papers.map(({ item, state: is, unit, to, since }) => ({
      ...{ item, state: is, unit, since },
      ...present({ to }),
    })),
    money: moneyOf(state.money),
    course: courseOf(state.course),
    reminders: state.reminded.map(({ rung, step, to, at }) => ({ rung, step, to: [...to], at })),
    questions: state.questions.map(({ ref, unit, items, offList, at, told, state: now }) => ({
      ref,
      unit,
      items: [...items],
      offList: [...offList],
      at,
      state: now,
      ...present({ toldAt: told }),
    })),
    products: state.products.map((one) => productOf(one, state.records)),
    records: state.records.map(({ ref, type, unit, at, corrected }) => ({
      ...{ ref, type, unit, at },
      ...present({ correctedBy: corrected }),
    })),
  };
}

const nothingOfWork = {
  ...{ questions: [], products: [], papers: [], reminders: [], records: [] },
  money: { fees: [], payments: [], refunds: [] },
  course: { parties: 0 },
};

function productOf(
  { ref, product, partial, number, unit, stage, state, holder, since }: IssuedProduct,
  records: readonly OfficeRecord[],
): CaseFileBody['products'][number] {
  const said = { ref, product, partial, number, unit, stage, state, holder, since };
  return { ...said, ...present({ correctedNumber: rightNumber(ref, records) }) };
}

/** The last correction of a number, or of its correction. */
function rightNumber(ref: string, records: readonly OfficeRecord[]): string | null {
  const by = records.find((one) => one.ref === ref)?.corrected;
  const correction = records.find((one) => one.ref === by);
  return correction === undefined ? null : (rightNumber(correction.ref, records) ?? correction.number);
}

function courseOf({ parties, firstStep, extension, supervision, heard }: Course): CaseFileBody['course'] {
  return {
    parties: parties.length,
    ...present({
      firstStepAt: firstStep,
      extended: extension === null ? null : { time: extension.time, at: extension.at },
      supervision,
      heardAt: heard,
    }),
  };
}

function moneyOf({ fees, payments, refunds }: Money): CaseFileBody['money'] {
  return {
    fees: fees.map(({ ref, line, amount, billingCode, payBefore, told, state }) => ({
      ...{ ref, line, amount, billingCode, payBefore, state },
      ...present({ toldAt: told }),
    })),
    payments: payments.map(({ ref, fee, amount, bankReference }) => ({ ref, fee, amount, bankReference })),
    refunds: refunds.map(({ ref, payment, amount, reason, state }) => ({ ref, payment, amount, reason, state })),
  };
}

type Present<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Without the members that say nothing: absent, not null, in every answer. */
function present<T extends Readonly<Record<string, unknown>>>(members: T): Present<T> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== null && value !== undefined),
  ) as Present<T>;
}
