import { verifyServiceToken, type ServiceClaims } from '@garda/service';
import type { JWK } from 'jose';
import { serveJson, type Answer, type Received } from './http-server';

export interface Asked extends Received {
  readonly claims: ServiceClaims;
}

/** A service as the gateway meets it: a real HTTP server that checks the gateway's token and answers what a spec says. */
export async function startFakeService(name: string, gatewayKey: JWK) {
  const asked: Asked[] = [];
  let answers: (request: Asked) => Promise<Answer> | Answer = () => ({ status: 404 });
  const server = await serveJson(async (request) => {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const known = { ...request, claims: await verifyServiceToken(gatewayKey, name, token) };
    asked.push(known);
    return answers(known);
  });
  return {
    ...server,
    asked,
    last: (): Asked => {
      const last = asked.at(-1);
      if (last === undefined) throw new Error(`${name} was asked nothing`);
      return last;
    },
    answers: (how: typeof answers) => void (answers = how),
  };
}
export type FakeService = Awaited<ReturnType<typeof startFakeService>>;
