import { z } from 'zod';
import {
  caseKind,
  contentFlag,
  day,
  entry,
  identityFlag,
  publicity,
  retention,
  staffId,
  standardCode,
  stageTerms,
  tariffLine,
  term,
  tier,
  tiers,
  unitCode,
  areaCode,
} from './values';

const words = z.object({ id: z.string().min(1).max(200), en: z.string().min(1).max(200) });

/** A question a standard asks. Names follow Open311's service definition. */
export const attributeDefinition = z.object({
  code: z.string().regex(/^[a-zA-Z0-9_]{1,60}$/),
  datatype: z.enum(['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist']),
  required: z.boolean(),
  /** Personal values are sealed; the others travel in clear and the policy may read them. */
  personal: z.boolean().default(false),
  order: z.number().int().min(1),
  words,
  values: z
    .array(z.object({ key: z.string().max(80), words }))
    .max(200)
    .default([]),
});
export type AttributeDefinition = z.infer<typeof attributeDefinition>;

/** A service standard: the promise a case is filed under. Concepts are not offered. */
export const serviceStandard = z.object({
  code: standardCode,
  version: z.number().int().min(1),
  words,
  kind: caseKind,
  status: z.enum(['concept', 'published']),
  publicity,
  owner: z.string().max(60),
  entry: z.array(entry).min(1),
  identity: z.array(identityFlag).min(1),
  content: z.array(contentFlag).min(1),
  stages: z.array(stageTerms).min(1).max(8),
  product: z.string().max(60).optional(),
  requirements: z.array(z.string().max(120)).max(40),
  attributes: z.array(attributeDefinition).max(60),
  /** What costs money elsewhere: shown, never charged here. Amount in whole rupiah. */
  informationOnly: z.array(z.object({ what: z.string().max(200), amount: z.number().int().min(0) })).default([]),
  tariff: z.array(tariffLine).max(20).optional(),
  answerWithin: term,
  disputeWithin: term,
  /** For how long personal data are kept once a case is closed; none: until somebody asks that they be erased. */
  retention: retention.optional(),
  validFrom: day,
  decree: z.string().max(200),
  /** Where the numbers come from: B, S, R or A of the domain's marks, in words. */
  source: z.string().max(200),
  keywords: z.array(z.string().max(60)).max(20).default([]),
  group: z.string().max(80).optional(),
});
export type ServiceStandard = z.infer<typeof serviceStandard>;

/** A unit that answers for cases. Functions decide routing; names may change. */
export const unit = z.object({
  code: unitCode,
  version: z.number().int().min(1),
  name: z.string().min(1).max(200),
  tier: z.enum(['village', 'district', 'agency', 'regency', 'external']),
  /** What rules refer to, never a name. */
  kind: z.enum(['quality', 'oversight', 'secretariat', 'treasury', 'steering', 'company', 'ordinary']),
  parent: unitCode.optional(),
  oversight: z.enum(['line', 'guidance']).optional(),
  area: areaCode.optional(),
  functions: z.array(z.string().max(60)).max(30),
  validFrom: day.optional(),
  basis: z.string().max(200).optional(),
});
export type Unit = z.infer<typeof unit>;

/** A unit that answers for nothing any more: what it had is its successor's from this day on. It stays ended. */
export const unitEnding = z.object({ unit: unitCode, successor: unitCode, on: day });
export type UnitEnding = z.infer<typeof unitEnding>;

/** Who does the work of an officer of a unit, from the first day to the last. The last one named for him counts. */
export const standIn = z.object({ for: staffId, standIn: staffId, unit: unitCode, from: day, until: day });
export type StandIn = z.infer<typeof standIn>;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const span = z.object({ from: clockTime, to: clockTime });

/** Days and hours on which the office works; versioned, because a joint leave day may be decreed late. */
export const workCalendar = z.object({
  version: z.string().min(1).max(60),
  zone: z.string().max(60),
  firstDay: day,
  lastDay: day,
  /** Office hours by weekday, 1 = Monday. A weekday without an entry is a day off. */
  officeHours: z.record(z.string().regex(/^[1-7]$/), z.array(span).min(1)),
  daysOff: z.array(
    z.object({
      date: day,
      name: z.string().max(120),
      kind: z.enum(['national', 'joint', 'local']),
      source: z.string().max(200),
    }),
  ),
});
export type WorkCalendar = z.infer<typeof workCalendar>;

const target = z.union([
  z.object({ function: z.string().max(60) }),
  z.object({ area: z.enum(['village', 'district']) }),
  z.object({ owner: z.literal(true) }),
]);

/** Who may decide a dispute: by function or kind, or a unit by its code; a body outside makes the decision final. */
const arbiter = z.union([z.object({ function: z.string().max(60) }), z.object({ kind: unit.shape.kind }), unitCode]);

/** Who gets a stage of a case: first match wins; no match, or a suggestion to refer, goes to triage. */
export const routingPolicy = z.object({
  version: z.number().int().min(1),
  rules: z
    .array(
      z.object({
        when: z.object({
          kind: caseKind.optional(),
          standard: standardCode.optional(),
          stage: z.array(tier).optional(),
          attribute: z.record(z.string(), z.string()).optional(),
        }),
        to: target.optional(),
        suggest: z.object({ refer: unitCode }).optional(),
      }),
    )
    .min(1),
  /** Who stands in when a unit of this kind is accused. */
  conflict: z.record(z.string(), z.string()),
  /** By the tier of the unit that decided, or `levy`: the first that did not decide, is not reported nor above. */
  disputes: z.partialRecord(z.enum([...tiers, 'levy']), z.array(arbiter).min(1)).optional(),
});
export type RoutingPolicy = z.infer<typeof routingPolicy>;

/** What `catalogue publish` sends: one folder of data, whole. */
export const catalogueBundle = z.object({
  units: z.array(unit).min(1).max(2000),
  /** Units that have come to their end; what is no edition of a unit but the last thing said about it. */
  endings: z.array(unitEnding).max(2000).default([]),
  calendars: z.array(workCalendar).min(1),
  policy: routingPolicy,
  standards: z.array(serviceStandard).min(1).max(500),
});
export type CatalogueBundle = z.infer<typeof catalogueBundle>;
