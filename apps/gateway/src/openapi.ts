import { join } from 'node:path';
import { describeService } from '@garda/service';
import { gatewayService } from './gateway';

/** Names that lead nowhere: nothing is reached to describe the routes. */
const nowhere = 'http://127.0.0.1:9';

/** The OpenAPI document, from routes and contracts alone: the same on every machine. */
export function openApi() {
  return describeService(gatewayService(), {
    GARDA_MODE: 'test',
    PORT: '0',
    DATABASE_URL: 'postgres://127.0.0.1:9/none',
    KAFKA_BROKERS: '127.0.0.1:9',
    OIDC_ISSUER: nowhere,
    GARDA_GATEWAY_PRIVATE_JWK: '{"kty":"OKP"}',
    INTAKE_URL: nowhere,
    ROUTING_URL: nowhere,
    RESOLUTION_URL: nowhere,
    GARDA_CATALOGUE: join(__dirname, '..', '..', '..', 'catalogue', 'batang'),
  });
}
