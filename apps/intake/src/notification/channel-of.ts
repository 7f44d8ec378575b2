import type { IntakeConfig } from '../config';
import { HttpChannel } from './http-channel';
import { FileChannel, type MessageChannel } from './message-channel';

/** The channel that the configuration names. */
export function channelOf(config: IntakeConfig): MessageChannel {
  const { GARDA_MESSAGE_CHANNEL: name, GARDA_MESSAGE_URL: url, GARDA_MESSAGE_KEY: key } = config;
  if (name === 'file') return new FileChannel(config.GARDA_OUTBOX);
  // The configuration was refused without them.
  if (url === undefined || key === undefined) throw new Error('the HTTP channel has no address or no key');
  return new HttpChannel({ url, key });
}
