import { randomBytes, randomUUID } from 'node:crypto';
import { noteNotification, untold, type IntakeCase } from '@garda/domain';
import { commandId } from '@garda/event-store';
import type { ServiceRuntime } from '@garda/service';
import type { Cause } from '../cases/case-stream';
import type { CaseRef, CaseStreams } from '../cases/case-streams';

/** Records that the citizen was told, whichever way. The same news told twice over one channel is one fact. */
export class NewsTeller {
  constructor(
    private readonly streams: CaseStreams,
    private readonly runtime: () => Pick<ServiceRuntime, 'acceptsCommands'>,
  ) {}

  /** The page showed everything that was new. While the log is not verified it is shown and not recorded. */
  async shownOnPage({ caseId, line }: CaseRef, shown: IntakeCase, context: Cause): Promise<void> {
    const news = untold(shown);
    if (news.length === 0 || !this.runtime().acceptsCommands) return;
    const id = commandId('shown on page', caseId, ...news);
    await this.streams[line].decide({ caseId, context, commandId: id, requestHash: null }, (state) =>
      news.flatMap((about) => noteNotification(state, { about, channel: 'page', ok: true })),
    );
  }

  /** `noteId` is the event of intake that holds the news: the command id follows from it, so that a repetition is one. */
  async triedByMessage(
    { caseId, line }: CaseRef,
    news: { noteId: string; about: string; channel: 'file' | 'http'; ok: boolean },
  ): Promise<void> {
    const { noteId, about, channel, ok } = news;
    const id = commandId(`told by ${channel}`, noteId, ok ? 'ok' : 'failed');
    await this.streams[line].decide({ caseId, context: notifier(), commandId: id, requestHash: null }, (state) =>
      noteNotification(state, { about, channel, ok }),
    );
  }
}

/** Who acts where no request asked. */
function notifier(): Cause {
  const traceparent = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
  return { actor: { kind: 'system', id: 'notifier' }, correlationId: randomUUID(), traceparent };
}
