/** The libraries as a service has them: built, and through their one entry. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
export const eventStore = () => require('../../libs/event-store/dist/index.js');
export const messaging = () => require('../../libs/messaging/dist/index.js');
export const projection = () => require('../../libs/projection/dist/index.js');
export const domain = () => require('../../libs/domain/dist/index.js');

export const quietLog = {
  debug() {},
  info() {},
  warn: (fields, text) => console.error(text, fields),
  error: (fields, text) => console.error(text, fields),
};

/** The client a service makes for itself. */
export function serviceKafka({ brokers, username, password }, clientId) {
  return messaging().connectKafka({ brokers, clientId, sasl: { username, password } }, quietLog);
}
