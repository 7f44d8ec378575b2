import type { IntakeData, RecordedEvent } from '@garda/contracts';
import { billState, canClaim, type Catalogue, type SubmittedCase } from '@garda/domain';
import type { Language } from '@garda/service';
import { z } from 'zod';
import { dueOf } from './due';
import { papersOf } from './papers';
import { actionWords, billWords, paperWords, wordsOfNews, wordsOfOutcome, wordsOfState, type Action } from './words';

const coded = z.object({ code: z.string(), words: z.string() });
const unit = z.object({ code: z.string(), name: z.string() });

/** The citizen's page, as JSON. */
export const pageSchema = z.object({
  number: z.string(),
  version: z.number().int(),
  standard: z.object({ code: z.string(), name: z.string() }),
  state: coded,
  unit: unit.optional(),
  receivedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().optional(),
  /** What the bills that stand add up to, in whole rupiah. */
  cost: z.object({ amount: z.number().int(), currency: z.literal('IDR'), words: z.string() }),
  bills: z.array(
    z.object({
      line: z.string(),
      amount: z.number().int(),
      billingCode: z.string(),
      /** How long he has from when he is told. */
      payBefore: z.string().optional(),
      is: coded,
    }),
  ),
  question: z
    .object({ request: z.uuid(), items: z.array(z.string()), text: z.string().nullable(), askedAt: z.iso.datetime() })
    .optional(),
  decision: z
    .object({ outcome: coded, text: z.string().nullable(), at: z.iso.datetime(), rated: z.boolean() })
    .optional(),
  /** Papers handed in, and where they are now. */
  papers: z.array(z.object({ item: z.string(), is: coded, unit: unit.optional() })),
  /** What the citizen may do next. */
  next: z.array(z.object({ action: z.enum(['answer', 'add', 'withdraw', 'rate', 'claim_refund']), words: z.string() })),
  timeline: z.array(
    z.object({
      at: z.iso.datetime(),
      what: z.string(),
      words: z.string(),
      unit: unit.optional(),
      /** Words of the office or the citizen's own; null when they were erased. */
      text: z.string().nullable().optional(),
    }),
  ),
  commitment: z.string(),
});
export type CitizenPage = z.infer<typeof pageSchema>;
type Entry = CitizenPage['timeline'][number];

/** Opened texts by the id of the event they stand in; null where the person was erased. */
export type OpenedTexts = ReadonlyMap<string, string | null>;

export interface PageMaterial {
  readonly state: SubmittedCase;
  readonly events: readonly RecordedEvent[];
  readonly texts: OpenedTexts;
  readonly catalogue: Catalogue;
  readonly language: Language;
}

export function pageOf(of: PageMaterial): CitizenPage {
  const { state, events, catalogue, language } = of;
  const { file } = state;
  const due = dueOf(events, catalogue);
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
    ...(due === undefined ? {} : { dueAt: due }),
    ...billsOf(of),
    ...questionOf(of),
    ...decisionOf(of),
    papers: papersOf(state, events).map(({ item, is, unit: at }) => ({
      ...{ item, is: { code: is, words: paperWords[is][language] } },
      ...(at === undefined ? {} : { unit: unitOf(at, catalogue) }),
    })),
    next: actionsOf(state).map((action) => ({ action, words: actionWords[action][language] })),
    timeline: events.flatMap((event) => entryOf(event, of) ?? []),
    commitment: file.contentCommitment,
  };
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

function decisionOf({ state: { decision }, texts, language }: PageMaterial): Pick<CitizenPage, 'decision'> {
  if (decision === null) return {};
  const code = decision.outcome ?? 'decided';
  const outcome = { code, words: wordsOfOutcome(code, language) };
  return {
    decision: { outcome, text: texts.get(decision.ref) ?? null, at: decision.at, rated: decision.rated !== null },
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

function actionsOf(state: SubmittedCase): Action[] {
  const { status, question, withdrawal, decision } = state;
  const over = status === 'closed' || status === 'withdrawn';
  const open = status === 'received' || status === 'working' || status === 'waiting';
  return [
    ...(question === null ? [] : (['answer'] as const)),
    ...(over ? [] : (['add'] as const)),
    ...(open && withdrawal === null ? (['withdraw'] as const) : []),
    ...(status === 'decided' && decision?.rated === null ? (['rate'] as const) : []),
    ...(canClaim(state) ? (['claim_refund'] as const) : []),
  ];
}

const ownWords: Readonly<Record<string, Record<Language, string>>> = {
  CaseSubmitted: { id: 'Diterima', en: 'Received' },
  InformationProvided: { id: 'Keterangan Anda', en: 'What you added' },
  CaseWithdrawn: { id: 'Anda meminta penarikan', en: 'You asked to withdraw' },
  ServiceRated: { id: 'Penilaian Anda', en: 'Your rating' },
  RefundClaimed: { id: 'Anda meminta uang kembali', en: 'You asked for the money back' },
  PublicSummaryPublished: { id: 'Diumumkan', en: 'Published' },
};

/** What he caused and what he is told; that somebody told him or opened his words is no news about his errand. */
function entryOf(event: RecordedEvent, { texts, catalogue, language }: PageMaterial): Entry | undefined {
  if (event.type === 'CaseProgressNoted') {
    const news = event.data as IntakeData<'CaseProgressNoted'>;
    return {
      at: news.at,
      what: news.fact,
      words: wordsOfNews(news, language),
      ...(news.unit === undefined ? {} : { unit: unitOf(news.unit, catalogue) }),
      ...(news.words === undefined ? {} : { text: texts.get(news.ref) ?? null }),
    };
  }
  const words = ownWords[event.type]?.[language];
  if (words === undefined) return undefined;
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
