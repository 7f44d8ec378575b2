import { lines, type Context } from '@garda/contracts';
import { etagOf } from '@garda/service';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { CaseFiles } from '../case-file/case-files';
import { jsonOf, type ServiceAnswer } from '../services/service-client';

/** What every service answers to a command: which case, and the version of the command's own context. */
const decided = z.looseObject({ caseId: z.uuid(), version: z.number().int().min(0) });

/**
 * A command is answered when the caller's next read of the case file shows it, for at most two seconds; then, or when he
 * prefers not to wait, with 202 and the place to look. The fact is stored in either case.
 */
export async function settle(
  answer: ServiceAnswer,
  of: { context: Context; wait: boolean; files: CaseFiles },
): Promise<ServiceAnswer> {
  const read = decided.safeParse(jsonOf(answer));
  if (!read.success) return answer;
  const { caseId, version } = read.data;
  const headers = { ...answer.headers, etag: etagOf(version), location: `/${lines[of.files.line].path}/${caseId}` };
  const shown = of.wait && (await of.files.waitFor(caseId, { context: of.context, version }));
  // A service that was slow itself says 202; once the case file has the fact, it is done for the caller.
  const done = answer.status === 202 ? 200 : answer.status;
  return { ...answer, status: shown ? done : 202, headers };
}

/** As it came: status, kind and words of a service are the caller's to read. */
export function passOn(reply: FastifyReply, answer: ServiceAnswer): string {
  void reply.status(answer.status).headers(answer.headers).type(answer.contentType);
  return answer.text;
}
