import { z } from 'zod';

/** A service's own name in topics, tables and tokens. */
export const contexts = ['intake', 'routing', 'resolution'] as const;
export type Context = (typeof contexts)[number];

/** An instant, ISO 8601 in UTC. */
export const instant = z.iso.datetime();
export const day = z.iso.date();

/** A length of time as the standards write it: minutes and hours of office time, working days, calendar days. */
export const term = z
  .string()
  .regex(/^\d{1,4}(min|h|wd|d)$/)
  .meta({ description: 'min, h = office time; wd = working days; d = calendar days' });

/** For how long something is kept, counted from its end: whole years. */
export const retention = z
  .string()
  .regex(/^[1-9]\d?y$/)
  .meta({ description: 'whole years, counted from the closing' });

/** Dotted area code of 2 to 4 levels (province.regency.district.village), or another city's own. */
export const areaCode = z.string().regex(/^[0-9]{2}(\.[0-9]{2}){0,2}(\.[0-9]{4})?$|^[a-z][a-z0-9-]{1,40}$/);
export const unitCode = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,59}$/);
export const standardCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/);
/** The public number of a case: 8 characters of Crockford's base 32 and a check character. */
export const publicNumber = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{9}$/);
export const staffId = z.string().min(1).max(80);

/** Index into the pinned stages, from 0. */
export const stageIndex = z.number().int().min(0).max(7);

/** HPKE (RFC 9180), base64url. Bound to case, subject and event id; only intake's vault can open it. */
export const sealedSchema = z.object({ subject: z.uuid(), enc: z.string().max(64), ct: z.string().max(48_000) });
export type Sealed = z.infer<typeof sealedSchema>;

/** One key pair a subject; every context can seal to it. */
export const sealTo = z.object({ subject: z.uuid(), publicKey: z.string().max(64) });
export type SealTo = z.infer<typeof sealTo>;

export const caseKinds = ['request', 'complaint', 'information', 'aspiration', 'levy'] as const;
export const caseKind = z.enum(caseKinds);
export type CaseKind = z.infer<typeof caseKind>;

export const tiers = ['village', 'district', 'agency', 'regency'] as const;
export const tier = z.enum(tiers);
export type Tier = z.infer<typeof tier>;

export const entry = z.enum(['citizen', 'village', 'district', 'agency', 'oversight']);
export type Entry = z.infer<typeof entry>;

export const identityFlag = z.enum(['named', 'withheld', 'none']);
export type IdentityFlag = z.infer<typeof identityFlag>;
export const contentFlag = z.enum(['public', 'private']);
export type ContentFlag = z.infer<typeof contentFlag>;
export const publicity = z.enum(['place', 'count', 'never']);
export type Publicity = z.infer<typeof publicity>;

export const channel = z.enum(['web', 'desk', 'open311', 'import']);
export type Channel = z.infer<typeof channel>;

/** Where the thing is (never where a person lives): a crew must find the lamp. */
export const objectPlace = z.object({
  areaCode: areaCode.optional(),
  lat: z.number().min(-90).max(90).optional(),
  long: z.number().min(-180).max(180).optional(),
});
export type ObjectPlace = z.infer<typeof objectPlace>;

/** Who handed the case in. */
export const filedBy = z.discriminatedUnion('by', [
  z.object({ by: z.literal('citizen') }),
  z.object({ by: z.literal('desk'), unit: unitCode, officer: staffId }),
  z.object({ by: z.literal('program'), program: z.string().max(60) }),
]);
export type FiledBy = z.infer<typeof filedBy>;

export const stageTerms = z.object({
  tier,
  kind: z.enum(['condition', 'assist']),
  time: term,
  /** The partial product a stage must leave before it is handed on. */
  partial: z.string().max(120).optional(),
  /** Within what time somebody is there, or takes the first step; counted from when a unit gets it. */
  firstVisit: term.optional(),
  firstStep: term.optional(),
  /** By how much a head may lengthen it, once. */
  extension: term.optional(),
  /** How long it takes instead where supervision is found to be needed. */
  withSupervision: term.optional(),
});
export type StageTerms = z.infer<typeof stageTerms>;

/**
 * A line of a tariff: the only thing that a fee can cite. Without an amount or a ceiling it is a concept.
 * `retribusi` a regional levy, `penalty` for being late, `capped_cost` up to a ceiling, `reimbursement` of travel.
 */
export const tariffLine = z.object({
  line: z.string().min(1).max(60),
  kind: z.enum(['retribusi', 'penalty', 'capped_cost', 'reimbursement']),
  /** Whole rupiah. */
  amount: z.number().int().min(1).max(1_000_000_000_000).optional(),
  ceiling: z.number().int().min(1).max(1_000_000_000_000).optional(),
  /** The Perda or decree that allows it. */
  basis: z.string().trim().min(1).max(200),
  payee: z.string().trim().min(1).max(60),
  validFrom: day,
  validUntil: day.optional(),
  /** False: shown, and refused when it is cited. */
  enabled: z.boolean().optional(),
});
export type TariffLine = z.infer<typeof tariffLine>;

/**
 * The terms pinned at submission: what was promised on that day. They travel with the case, so that
 * no consumer needs a second stream before it can act, and no later edition of the standard moves them.
 */
export const pinnedTerms = z.object({
  standard: standardCode,
  standardVersion: z.number().int().min(1),
  kind: caseKind,
  publicity,
  /** The function (never a name) that owns the standard; the policy finds the unit. */
  owner: z.string().max(60),
  /** The stages from the entry on; their sum is the promise. */
  stages: z.array(stageTerms).min(1).max(8),
  product: z.string().max(60).optional(),
  /** Codes of the papers and particulars an officer may ask for. */
  requirements: z.array(z.string().max(120)).max(40),
  /** The lines that were valid on the day of receipt; none: it costs nothing. */
  tariff: z.array(tariffLine).max(20).optional(),
  answerWithin: term,
  disputeWithin: term,
  /** For how long personal data are kept once the case is closed; none: until somebody asks that they be erased. */
  retention: retention.optional(),
  /** Version of the calendar and of the policy in force at submission. */
  calendar: z.string().max(60),
  policy: z.number().int().min(1),
});
export type PinnedTerms = z.infer<typeof pinnedTerms>;

/** Attributes of a standard that are not personal: code → value or values. */
export const attributeValues = z.record(
  z.string().max(60),
  z.union([z.string().max(1000), z.array(z.string().max(1000)).max(40)]),
);
export type AttributeValues = z.infer<typeof attributeValues>;
