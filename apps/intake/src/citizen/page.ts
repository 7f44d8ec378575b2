import type { IntakeData, RecordedEvent } from '@garda/contracts';
import {
  billState,
  canClaim,
  disputableUntil,
  erasureBars,
  mandateEndsAt,
  mayDispute,
  openMandate,
  type Catalogue,
  type SubmittedCase,
} from '@garda/domain';
import type { Language } from '@garda/service';
import { dueMarked, dueOf, seen } from './due';
import type { CitizenPage } from './page-schema';
import { papersOf } from './papers';
import { productsOf } from './products';
import { timeOf } from './shares';
import {
  actionWords,
  billWords,
  erasureWords,
  ownWords,
  paperWords,
  productWords,
  wordsOfNews,
  wordsOfOutcome,
  wordsOfState,
  type Action,
} from './words';

type Entry = CitizenPage['timeline'][number];

/** Opened texts by the id of the event they stand in; null where the person was erased. */
export type OpenedTexts = ReadonlyMap<string, string | null>;

export interface PageMaterial {
  readonly state: SubmittedCase;
  readonly events: readonly RecordedEvent[];
  readonly texts: OpenedTexts;
  readonly catalogue: Catalogue;
  readonly language: Language;
  /** The case clock: reading the page tells him what it shows. */
  readonly now: string;
}

export function pageOf(of: PageMaterial): CitizenPage {
  const { state, events, catalogue, language } = of;
  const { file } = state;
  const corrected = correctedIn(events);
  return {
    number: file.number,
    version: events.at(-1)?.version ?? 0,
    standard: {
      code: file.terms.standard,
      name: catalogue.standard(file.terms.standard)?.words[language] ?? file.terms.standard,
    },
    state: { code: state.status, words: wordsOfState(state.status, language) },
    ...(state.unit === null ? {} : { unit: unitOf(state.unit, catalogue) }),
    receivedAt: file.receivedAt,
    ...dueMarked(dueOf(events, catalogue), file.terms.calendar, catalogue),
    ...billsOf(of),
    ...questionOf(of),
    ...decisionOf(of, corrected),
    papers: papersOf(state, events).map(({ item, is, unit: at }) => ({
      ...{ item, is: { code: is, words: paperWords[is][language] } },
      ...(at === undefined ? {} : { unit: unitOf(at, catalogue) }),
    })),
    products: productsOf(state, events).map(({ product, is, unit: at }) => ({
      ...{ product, is: { code: is, words: productWords[is][language] } },
      ...(at === undefined ? {} : { unit: unitOf(at, catalogue) }),
    })),
    ...mandateOf(of),
    ...erasureOf(of),
    time: seen(() => timeOf(of, unitOf)) ?? [],
    next: actionsOf(of).map((action) => ({ action, words: actionWords[action][language] })),
    timeline: events.flatMap((event) => entryOf(event, of, corrected) ?? []),
    commitment: file.contentCommitment,
  };
}

/** The news that a later one corrects, by their refs. */
function correctedIn(events: readonly RecordedEvent[]): ReadonlySet<string> {
  const notes = events.filter(({ type }) => type === 'CaseProgressNoted');
  return new Set(notes.flatMap(({ data }) => (data as IntakeData<'CaseProgressNoted'>).supersedes ?? []));
}

function unitOf(code: string, catalogue: Catalogue): { code: string; name: string } {
  return { code, name: catalogue.unit(code)?.name ?? code };
}

function questionOf({ state: { question, news }, texts }: PageMaterial): Pick<CitizenPage, 'question'> {
  if (question === null) return {};
  const askedAt = news.find((item) => item.ref === question.ref)?.at ?? '';
  return {
    question: { request: question.ref, items: [...question.items], text: texts.get(question.ref) ?? null, askedAt },
  };
}

function decisionOf(of: PageMaterial, corrected: ReadonlySet<string>): Pick<CitizenPage, 'decision'> {
  const { texts, language, state } = of;
  const { decision } = state;
  if (decision === null) return {};
  const code = decision.outcome ?? 'decided';
  const outcome = { code, words: wordsOfOutcome(code, language) };
  const { referral } = decision;
  const until = mayDispute(state, of) ? disputableUntil(state, of.catalogue, of.now) : undefined;
  return {
    decision: {
      ...{ outcome, text: texts.get(decision.ref) ?? null, at: decision.at, rated: decision.rated !== null },
      ...(corrected.has(decision.ref) ? { corrected: true as const } : {}),
      ...(until === undefined ? {} : { disputableUntil: until }),
      ...(referral === null ? {} : { referral: { ...referral, body: unitOf(referral.body, of.catalogue) } }),
    },
  };
}

/** Nothing, unless a bill says so; what was cancelled or paid back costs nothing. */
function billsOf({ state: { fees }, language }: PageMaterial): Pick<CitizenPage, 'cost' | 'bills'> {
  const bills = fees.map((fee) => {
    const code = billState(fee);
    const { line, amount, billingCode, payBefore } = fee;
    const is = { code, words: billWords[code][language] };
    return { line, amount, billingCode, is, ...(payBefore === null ? {} : { payBefore }) };
  });
  const standing = bills.filter(({ is }) => is.code === 'assessed' || is.code === 'received');
  const amount = standing.reduce((sum, bill) => sum + bill.amount, 0);
  const words = `Rp ${new Intl.NumberFormat('id-ID').format(amount)}`;
  return { cost: { amount, currency: 'IDR', words }, bills };
}

function mandateOf({ state, catalogue }: PageMaterial): Pick<CitizenPage, 'mandate'> {
  const mandate = openMandate(state);
  if (mandate === undefined) return {};
  const { ref, carrier } = mandate;
  const until = seen(() => mandateEndsAt(state.file, mandate, catalogue));
  const of = { mandate: ref, unit: unitOf(mandate.unit, catalogue), carrier, confirmed: mandate.state === 'confirmed' };
  return { mandate: { ...of, ...(until === undefined ? {} : { until }) } };
}

function erasureOf({ state: { erasure }, language }: PageMaterial): Pick<CitizenPage, 'erasure'> {
  if (erasure === null) return {};
  const { state, code } = erasure;
  return { erasure: { state, ...(code === null ? {} : { why: { code, words: erasureWords[code][language] } }) } };
}

/** Offered only when it would be granted; asked for it may be at any time. */
function mayBeForgotten(state: SubmittedCase): boolean {
  return (state.erasure === null || state.erasure.state === 'refused') && erasureBars(state).length === 0;
}

function actionsOf(of: PageMaterial): Action[] {
  const { status, question, withdrawal, decision } = of.state;
  const mandate = openMandate(of.state);
  const over = status === 'closed' || status === 'withdrawn';
  const open = status === 'received' || status === 'working' || status === 'waiting';
  return [
    ...(question === null ? [] : (['answer'] as const)),
    ...(over ? [] : (['add'] as const)),
    ...(open && withdrawal === null ? (['withdraw'] as const) : []),
    ...(status === 'decided' && decision?.rated === null ? (['rate'] as const) : []),
    ...(mayDispute(of.state, of) ? (['dispute'] as const) : []),
    ...(mandate?.state === 'recorded' ? (['confirm_mandate'] as const) : []),
    ...(mandate === undefined ? [] : (['revoke_mandate'] as const)),
    ...(canClaim(of.state) ? (['claim_refund'] as const) : []),
    ...(mayBeForgotten(of.state) ? (['request_erasure'] as const) : []),
  ];
}

/** What he caused and what he is told; that somebody told him or opened his words is no news about his errand. */
function entryOf(
  event: RecordedEvent,
  { texts, catalogue, language }: PageMaterial,
  corrected: ReadonlySet<string>,
): Entry | undefined {
  if (event.type === 'CaseProgressNoted') {
    const news = event.data as IntakeData<'CaseProgressNoted'>;
    return {
      at: news.at,
      what: news.fact,
      words: wordsOfNews(news, language),
      ...(news.unit === undefined ? {} : { unit: unitOf(news.unit, catalogue) }),
      ...(news.words === undefined ? {} : { text: texts.get(news.ref) ?? null }),
      ...(corrected.has(news.ref) ? { corrected: true as const } : {}),
    };
  }
  const words = ownWords[event.type]?.[language];
  if (words === undefined || isDutyOfOffice(event)) return undefined;
  const entry = {
    at: event.type === 'CaseSubmitted' ? (event.data as IntakeData<'CaseSubmitted'>).receivedAt : event.recordedAt,
    what: event.type,
    words,
  };
  if (event.type === 'PublicSummaryPublished')
    return { ...entry, text: (event.data as IntakeData<'PublicSummaryPublished'>).text };
  const text = texts.get(event.eventId);
  return text === undefined ? entry : { ...entry, text };
}

/** A silence of the office is told to the office. */
function isDutyOfOffice({ type, data }: RecordedEvent): boolean {
  return type === 'DutyDue' && (data as IntakeData<'DutyDue'>).duty !== 'mandate_ends';
}
