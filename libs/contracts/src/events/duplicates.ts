import { z } from 'zod';
import { unitCode } from '../values';
import { event } from './define';

const caseId = z.uuid();
/** Which link of the follower it is, counted from 1: the same on both streams. A later one counts, an earlier one is over. */
const link = z.number().int().min(1);
const pair = { caseId, leader: z.uuid(), follower: z.uuid(), link };

/** Cases that follow, each by the number of its link. */
export const followers = z.array(z.object({ caseId, link })).max(10_000);

/** Two cases about one thing: one fact on the stream of each. */
export const routingDuplicateEvents = {
  DuplicateLinked: event(
    'DuplicateLinked',
    1,
    z.object({
      ...pair,
      /** What the leader came to before the link; the follower comes to the same. */
      settled: z.object({ outcome: z.string().max(40), unit: unitCode.optional() }).optional(),
    }),
  ),
  DuplicateUnlinked: event('DuplicateUnlinked', 1, z.object(pair)),
} as const;

/** Whom a case follows, or that it follows nobody any more. */
export const resolutionDuplicateEvents = {
  FollowsNoted: event('FollowsNoted', 1, z.object({ caseId, leader: z.uuid().nullable(), link })),
} as const;
