import { z } from 'zod';
import { disputeResult, remedies, reopeningCause } from '../events/disputes';
import { referral } from '../events/outside';
import { returnReason, transferReason } from '../events/moves';
import { gift, outcome, rejectionReason } from '../events/resolution';
import {
  areaCode,
  attributeValues,
  contentFlag,
  identityFlag,
  instant,
  objectPlace,
  publicNumber,
  standardCode,
  unitCode,
  staffId,
  type Context,
} from '../values';
import { citizenCommands } from './citizen';
import { courseCommands } from './course';
import { command, occurredAt, type StaffCommandContract } from './define';
import { moneyCommands } from './money';
import { paperCommands, papers } from './papers';
import { productCommands } from './products';
import { recordCommands } from './records';

/** Words to the citizen in clear on the wire between staff and service; sealed before they reach a log. */
const words = z.string().trim().min(1).max(4000);

/** The person a case is about; sealed as one object. */
export const person = z.object({
  name: z.string().trim().min(1).max(200),
  nationalId: z
    .string()
    .regex(/^\d{16}$/)
    .optional(),
  phone: z
    .string()
    .regex(/^\+?[0-9 -]{6,20}$/)
    .optional(),
  email: z.email().max(200).optional(),
  address: z.string().trim().max(500).optional(),
});
export type Person = z.infer<typeof person>;

/** What a case says, from whichever door it comes. */
export const submission = z.object({
  standard: standardCode,
  identity: identityFlag,
  content: contentFlag,
  person: person.optional(),
  description: z.string().trim().min(1).max(4000),
  /** Free words on where it is: sealed, because people write names and phones there. */
  addressString: z.string().trim().max(500).optional(),
  objectPlace: objectPlace.default({}),
  /** The area whose office is to serve the case. */
  area: areaCode.optional(),
  attributes: attributeValues.default({}),
});
export type Submission = z.infer<typeof submission>;

const nothing = z.object({ occurredAt });

/**
 * The commands on one case that staff and programs may send, by name.
 * Gateway: `POST /cases/{caseId}/{name}` with a person's token. Service: the same path with the gateway's token.
 */
export const staffCommands = {
  'publish-summary': command(
    'intake',
    'summary.publish',
    'Publish words of the office about a case',
    z.object({ text: z.string().trim().min(1).max(2000), place: z.string().trim().max(200).optional(), occurredAt }),
  ),
  disclose: command(
    'intake',
    'person.disclose',
    'Open what the citizen wrote, for a purpose; the opening is recorded',
    z.object({ purpose: z.enum(['verify', 'contact', 'decide', 'deliver', 'supervise']) }),
  ),
  'record-mandate': command(
    'intake',
    'mandate.record',
    'Record that the citizen lets a unit act for him, carried by a named person; counts once he confirms it',
    z.object({ carrier: staffId, unit: unitCode.optional() }),
  ),
  'change-carrier': command(
    'intake',
    'mandate.carrier',
    'Name another carrier of a mandate',
    z.object({ carrier: staffId }),
  ),
  'end-mandate': command('intake', 'mandate.end', 'End a mandate that is fulfilled', z.object({})),
  'provide-information': command(
    'intake',
    'information.provide',
    'Answer the open question, or add something, for a citizen whose confirmed mandate the unit has',
    z.object({
      request: z.uuid().optional(),
      items: z.array(z.string().trim().min(1).max(120)).max(40).default([]),
      words,
    }),
  ),
  triage: command(
    'routing',
    'case.triage',
    'Assign a case from triage to a unit; this binds',
    z.object({ unit: unitCode, occurredAt }),
  ),
  acknowledge: command('routing', 'handover.ack', 'Acknowledge that the unit answers for the case', nothing),
  'link-duplicate': command(
    'routing',
    'duplicate.link',
    'Mark the case as a duplicate of another',
    z.object({ leader: z.uuid(), occurredAt }),
  ),
  'unlink-duplicate': command('routing', 'duplicate.link', 'Clear the mark of a duplicate', nothing),
  take: command('resolution', 'case.take', 'Take a case oneself', nothing),
  assign: command(
    'resolution',
    'case.assign',
    'Assign a case to an officer of the unit',
    z.object({ officer: staffId, occurredAt }),
  ),
  accept: command('resolution', 'case.accept', 'Accept the work: the file is complete', nothing),
  reject: command(
    'resolution',
    'case.refuse',
    'Reject a case for a reason of the closed list',
    z.object({ reason: rejectionReason, words: words.optional(), occurredAt }),
  ),
  ask: command(
    'resolution',
    'case.ask',
    'Ask the citizen for information',
    z.object({ items: z.array(z.string().trim().min(1).max(120)).min(1).max(20), words, occurredAt }),
  ),
  'withdraw-question': command('resolution', 'case.ask', 'Withdraw the open question', nothing),
  progress: command(
    'resolution',
    'case.progress',
    'Report progress',
    z.object({ code: z.string().trim().min(1).max(60), words: words.optional(), occurredAt }),
  ),
  'issue-product': command(
    'resolution',
    'product.issue',
    'Issue the product of a stage or of the case',
    z.object({
      product: z.string().trim().min(1).max(120),
      partial: z.boolean(),
      number: z.string().trim().min(1).max(80),
      signatory: staffId,
      occurredAt,
    }),
  ),
  'complete-stage': command('resolution', 'stage.complete', 'Complete a stage that is not the last', nothing),
  resolve: command(
    'resolution',
    'case.resolve',
    'Decide the case',
    z.object({
      outcome: outcome.exclude(['no_answer', 'as_leader', 'referred_outside', 'refused']),
      words: words.optional(),
      occurredAt,
    }),
  ),
  refuse: command(
    'resolution',
    'case.refuse',
    'Decide the case with the outcome refused',
    z.object({ words, occurredAt }),
  ),

  'decline-gift': command(
    'resolution',
    'gift.record',
    'Put on record that a gift was declined',
    z.object({ gift, words: words.optional(), occurredAt }),
  ),

  transfer: command(
    'routing',
    'case.transfer',
    'Pass on a case that is not ours',
    z.object({ to: unitCode, reason: transferReason, occurredAt }),
  ),
  return: command(
    'routing',
    'case.return',
    'Give a case back to the unit that had it before, or to triage',
    z.object({ reason: returnReason, occurredAt }),
  ),

  'route-dispute': command(
    'routing',
    'dispute.route',
    'Name the unit that decides a dispute, where the policy names nobody',
    z.object({ to: unitCode, occurredAt }),
  ),
  'decide-dispute': command(
    'resolution',
    'dispute.decide',
    'Decide a dispute: upheld, or dismissed with the remedies that are left',
    z.object({ result: disputeResult, remedies: remedies.optional(), words, occurredAt }),
  ),
  reopen: command(
    'resolution',
    'case.reopen',
    'Open a decided case again, for the citizen’s benefit',
    z.object({ cause: reopeningCause, words: words.optional(), occurredAt }),
  ),

  refer: command(
    'routing',
    'case.refer',
    'Refer a case to a body outside, with its reference or a contact there',
    referral.extend({ occurredAt }),
  ),
  'ask-outside': command('routing', 'outside.ask', 'Record that the body outside was asked', nothing),
  'outside-answered': command('routing', 'outside.ask', 'Record that the body outside has answered', nothing),
  ...paperCommands,
  ...moneyCommands,
  ...citizenCommands,
  ...courseCommands,
  ...productCommands,
  ...recordCommands,
} as const satisfies Record<string, StaffCommandContract>;
export type StaffCommandName = keyof typeof staffCommands;
export type StaffCommandBody<N extends StaffCommandName> = z.infer<(typeof staffCommands)[N]['body']>;
export type StaffCommandOf<C extends Context> = {
  [N in StaffCommandName]: (typeof staffCommands)[N]['context'] extends C ? N : never;
}[StaffCommandName];

/** Filing for a citizen at the desk, or by the program `import`: `POST /cases` with the verb `case.file`. */
export const filing = z.object({
  submission,
  /** The numbered slip that the citizen holds; with it the desk may say when it was given. The same slip is the same case. */
  slip: z.object({ number: publicNumber, line: z.number().int().min(1).max(20).default(1) }).optional(),
  /** The slip's date or the record's own; the desk leaves it out and the deadlines run from now. */
  receivedAt: instant.optional(),
  /** Papers that the desk takes with the case. */
  papers: papers.optional(),
  occurredAt,
});
export type Filing = z.infer<typeof filing>;
