import type { StaffCommandName } from '@garda/contracts';
import { answerTo, problems } from '@garda/service';
import type { CommandBus } from '@nestjs/cqrs';
import { ForwardCommand, type Caller } from './forward';

/** What became of one case of many. */
export interface EachAnswer {
  readonly caseId: string;
  readonly status: number;
  readonly code?: string;
}

/** One command of a batch, as if it were sent by itself. `If-Match` names one version of one case: it means nothing here. */
export async function each(
  commands: CommandBus,
  { name, caseId, body }: { readonly name: StaffCommandName; readonly caseId: string; readonly body: unknown },
  caller: Caller,
): Promise<EachAnswer> {
  const headers = { ...caller.headers, 'if-match': undefined };
  try {
    const { status, text } = await commands.execute(new ForwardCommand(name, caseId, body, { ...caller, headers }));
    return { caseId, status, ...(status < 400 ? {} : codeIn(text)) };
  } catch (error) {
    // A refusal of one case is its answer; whatever is no refusal ends the batch, and its repetition goes on.
    const { code } = answerTo(error);
    const [status] = problems[code];
    if (status >= 500) throw error;
    return { caseId, status, code };
  }
}

function codeIn(text: string): { code?: string } {
  const problem: unknown = JSON.parse(text);
  const code = typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : undefined;
  return typeof code === 'string' ? { code } : {};
}
