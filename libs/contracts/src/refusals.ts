/**
 * Why the rules said no. Contract: a code is never renamed. Each has an HTTP status and words in both
 * languages in the service library, and is reached by a test.
 */
export const refusalCodes = [
  'CASE_EXISTS',
  'CASE_NOT_FOUND',
  'CASE_NOT_OPEN',
  'STANDARD_UNKNOWN',
  'STANDARD_NOT_PUBLISHED',
  'ENTRY_NOT_ALLOWED',
  'IDENTITY_NOT_ALLOWED',
  'CONTENT_NOT_ALLOWED',
  'DESK_NEEDS_NAMED',
  'PERSON_MISSING',
  'ATTRIBUTE_MISSING',
  'ATTRIBUTE_UNKNOWN',
  'ATTRIBUTE_INVALID',
  'PLACE_MISSING',
  'AREA_UNKNOWN',
  'RECEIVED_IN_FUTURE',
  'OCCURRED_AT_NOT_ALLOWED',
  'CALENDAR_ENDS',
  'NOT_WAITING',
  'REQUEST_NOT_OPEN',
  'WITHDRAWAL_PENDING',
  'NOT_DECIDED',
  'ALREADY_RATED',
  'NOT_IN_TRIAGE',
  'UNIT_UNKNOWN',
  'UNIT_IS_REPORTED',
  'NOT_OFFERED',
  'OFFER_PASSED',
  'NOT_RESPONSIBLE',
  'NOT_ASSIGNED',
  'ALREADY_ASSIGNED',
  'NOT_PENDING',
  'NOT_WORKING',
  'QUESTION_OPEN',
  'TOO_MANY_QUESTIONS',
  'LAST_STAGE',
  'NOT_LAST_STAGE',
  'PARTIAL_PRODUCT_MISSING',
  'PRODUCT_MISSING',
  'PRODUCT_NOT_PROMISED',
  'OUTCOME_NOT_ALLOWED',
  'HEAD_ONLY',
  'UNIT_JUDGES_ITSELF',
  'SAME_CASE',
  'NOT_A_PLACE_COMPLAINT',
  'LEADER_IS_FOLLOWER',
  'FOLLOWER_HAS_FOLLOWERS',
  'ALREADY_LINKED',
  'NOT_LINKED',
  'LEADER_SETTLED',
  'WOULD_PUBLISH_PRIVATE',
  'NOTHING_PUBLIC',
  'CATALOGUE_INVALID',
  'VERSION_NOT_NEXT',

  'PAPERS_NEED_A_DESK',
  'PAPERS_KNOWN',
  'PAPERS_NOT_HELD',
  'PAPERS_NOT_SENT_HERE',
  'PAPERS_ON_THE_WAY',
  'RECEIVER_IS_SENDER',
  'MANDATE_NOT_CONFIRMED',

  'TRIP_EXISTS',
  'TRIP_NOT_FOUND',
  'TRIP_IN_FUTURE',
  'TRIP_APPROVED',
  'OWN_TRIP',

  'TARIFF_LINE_UNKNOWN',
  'TARIFF_LINE_NOT_ENABLED',
  'FEE_AMOUNT_WRONG',
  'FEE_ABOVE_CEILING',
  'FEE_OPEN',
  'FEE_NOT_PAID',
  'FEE_UNKNOWN',
  'FEE_NOT_OPEN',
  'BILLING_CODE_USED',
  'NOT_A_PAYEE',
  'REFUND_UNKNOWN',
  'REFUND_DECIDED',
  'REFUND_NOT_GRANTED',
  'NO_FEE_RECEIVED',
  'REFUND_CLAIMED',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** The rules said no. Not a bug: never logged as an error, always told to the caller. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly code: RefusalCode,
    /** For developers; must not hold personal data. */
    detail: string,
  ) {
    super(detail);
  }
}
