import { baseEnv, databaseEnv, jwk, kafkaEnv } from '@garda/service';
import { z } from 'zod';

const serviceUrl = z.url({ protocol: /^https?$/ });

/** The gateway's environment. It holds no secret but the key with which it signs for the services. */
export const gatewayEnv = baseEnv
  .extend(databaseEnv.shape)
  .extend(kafkaEnv.shape)
  .extend({
    /** The provider whose access tokens are believed. */
    OIDC_ISSUER: serviceUrl,
    GARDA_GATEWAY_PRIVATE_JWK: jwk,
    INTAKE_URL: serviceUrl,
    ROUTING_URL: serviceUrl,
    RESOLUTION_URL: serviceUrl,
    /** The folder with roles.yaml, the one authority for rights. */
    GARDA_CATALOGUE: z.string().min(1),
    /** The office's zone: in which days and months are read. */
    GARDA_ZONE: z.string().min(1).default('Asia/Jakarta'),
    /** How the public reaches intake, for what is printed; else INTAKE_URL. */
    GARDA_PUBLIC_URL: serviceUrl.optional(),
  });
export type GatewayConfig = z.infer<typeof gatewayEnv>;
