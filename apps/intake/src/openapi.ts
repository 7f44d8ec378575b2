import { describeService } from '@garda/service';
import { intakeService } from './intake';

/** Keys that lock nothing: no request is ever answered with them. */
const noKey = Buffer.alloc(32).toString('base64url');

/** The OpenAPI document, from routes and contracts alone: the same on every machine. */
export function openApi() {
  return describeService(intakeService(), {
    GARDA_MODE: 'test',
    PORT: '0',
    DATABASE_URL: 'postgres://127.0.0.1:9/none',
    KAFKA_BROKERS: '127.0.0.1:9',
    GARDA_GATEWAY_PUBLIC_JWK: '{"kty":"OKP"}',
    GARDA_REQUEST_HASH_KEY: noKey,
    GARDA_MASTER_KEY: noKey,
    GARDA_CODE_KEY: noKey,
    GARDA_NUMBER_KEY: noKey,
    GARDA_OUTBOX: 'nowhere',
  });
}
