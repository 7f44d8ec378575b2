import { createPrivateKey, sign } from 'node:crypto';
import type { Random } from '../random';
import type { Command } from './told';

/** Publishes words about a case at intake itself, with a token as the gateway would sign it: a command that costs little. */
export function directSummary(
  of: { readonly caseId: string; readonly unit: string; readonly officer: string },
  key: Readonly<Record<string, unknown>>,
  random: Random,
): Command {
  const { caseId, unit, officer } = of;
  const idempotencyKey = random.uuid();
  const path = `/internal/cases/${caseId}/publish-summary`;
  const token = serviceToken(key, {
    ...{ iss: 'garda-gateway', aud: 'intake', sub: officer, verb: 'summary.publish', caseId, unit },
    actor: { kind: 'staff', id: officer, unit },
    roles: ['agency_officer'],
  });
  return {
    ...{ kind: 'publish-summary', context: 'intake', principal: `staff:${officer}`, route: `POST ${path}` },
    ...{ key: idempotencyKey, target: 'intake', path, caseId, answers: [], silentBusy: 0 },
    headers: { 'idempotency-key': idempotencyKey, authorization: `Bearer ${token}` },
    body: { text: `Kabar ${random.between(1, 1_000_000)}.` },
  };
}

/** A JSON Web Token, EdDSA, one minute. */
function serviceToken(jwk: Readonly<Record<string, unknown>>, claims: object): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'EdDSA', typ: 'JWT' })}.${part({ ...claims, iat: now, exp: now + 60 })}`;
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
}
