import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { commandId } from '@garda/event-store';
import { ReferenceStore } from '@garda/reference';
import { Problem, type Language, type RequestContext } from '@garda/service';
import { ApiKeys } from '../api-keys/api-keys';
import { placeStandards } from '../catalogue/standards';
import { SubmitCase } from '../submission/submit-case';
import { list, type Node } from './format';
import { badRequest, notFound } from './open311-error';
import { all, one, wantsExtensions, type Raw } from './parameters';
import { senderIdOf, submissionOf } from './submission-of';

const notices = {
  code: { id: 'Simpan nomor dan kode pelacakan.', en: 'Keep the number and the tracking code.' },
  noCode: {
    id: 'Simpan nomornya. Kode pelacakan hanya diberikan dengan extensions=true.',
    en: 'Keep the number. A tracking code is given only with extensions=true.',
  },
  media: { id: 'Foto tidak disimpan.', en: 'Pictures are not kept.' },
} as const;

/** POST requests: a report of an Open311 client becomes a case like every other. */
@Injectable()
export class FileRequest {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(ApiKeys) private readonly keys: ApiKeys,
    @Inject(ReferenceStore) private readonly reference: ReferenceStore,
  ) {}

  /** The sender has a key that is known; nobody else may file. */
  async keyOf(raw: Raw): Promise<string> {
    const given = one(raw, 'api_key');
    if (given === undefined) throw new Problem('API_KEY_MISSING');
    const key = await this.keys.find(given);
    if (key === undefined) throw new Problem('API_KEY_INVALID');
    return key.id;
  }

  async file(raw: Raw, from: { keyId: string; context: RequestContext; language: Language }): Promise<Node> {
    const extended = wantsExtensions(raw);
    const submission = submissionOf(raw, this.standardOf(raw));
    const context = contextOf(raw, from);
    const { receipt } = await this.commands.execute(
      new SubmitCase({
        context,
        submission,
        channel: 'open311',
        requestHash: null,
        giveCode: extended,
        language: from.language,
      }),
    );
    const code = extended ? receipt.trackingCode : undefined;
    return list('request', [
      {
        service_request_id: receipt.number,
        service_notice: noticeOf(raw, code, from.language),
        account_id: null,
        ...(code === undefined ? {} : { extended_attributes: { tracking_code: code } }),
      },
    ]);
  }

  private standardOf(raw: Raw) {
    const code = one(raw, 'service_code')?.trim();
    if (code === undefined) throw badRequest('service_code is required');
    const standard = placeStandards(this.reference.snapshot()).find((offered) => offered.code === code);
    if (standard === undefined) throw notFound('service_code');
    return standard;
  }
}

/** The same key and the same id of the sender are the same command, so a report sent twice is one case. */
function contextOf(raw: Raw, { keyId, context }: { keyId: string; context: RequestContext }): RequestContext {
  const senderId = senderIdOf(raw);
  const actor = { kind: 'program', id: 'open311' } as const;
  return { ...context, actor, ...(senderId === undefined ? {} : { commandId: commandId('open311', keyId, senderId) }) };
}

function noticeOf(raw: Raw, code: string | undefined, language: Language): string {
  const said: string[] = [(code === undefined ? notices.noCode : notices.code)[language]];
  if (all(raw, 'media_url').length > 0) said.push(notices.media[language]);
  return said.join(' ');
}
