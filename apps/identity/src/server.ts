import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errors, type Provider } from 'oidc-provider';
import { createLog, loadConfig } from '@garda/service';
import { identityEnv } from './config';
import { loginPage } from './login-page';
import { createProvider } from './provider';
import { loadStaff, type DemoPerson } from './staff';

export interface RunningIdentity {
  readonly url: string;
  close(): Promise<void>;
}

const interaction = /^\/interaction\/[A-Za-z0-9_-]{10,60}$/;

/** Starts the embedded provider. Demo and test only: a production configuration does not load. */
export async function startIdentity(env: NodeJS.ProcessEnv): Promise<RunningIdentity> {
  const config = loadConfig(identityEnv, env);
  const persons = loadStaff(config.GARDA_CATALOGUE);
  const log = createLog({ service: 'identity', level: config.LOG_LEVEL });
  const provider = createProvider(config, persons);
  provider.on('server_error', (_, err) => log.error({ err }, 'the provider failed'));
  const server = createServer((request, response) => {
    answer(provider, persons, request, response).catch((err: unknown) => {
      // A login page that is too old, or of another browser.
      if (err instanceof errors.OIDCProviderError) return end(response, err.statusCode, 'text/plain', `${err.error}\n`);
      log.error({ err }, 'not foreseen');
      if (!response.headersSent) end(response, 500, 'text/plain', 'server_error\n');
    });
  });
  await listen(server, config.PORT, config.HOST);
  const { port } = server.address() as AddressInfo;
  log.info({ port, mode: config.GARDA_MODE, count: persons.length }, 'listening');
  return { url: `http://${config.HOST}:${port}`, close: () => close(server) };
}

async function answer(
  provider: Provider,
  persons: readonly DemoPerson[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  if (path === '/health/live' || path === '/health/ready')
    return end(response, 200, 'application/json', '{"ready":true}');
  if (!interaction.test(path)) return provider.callback()(request, response);
  if (request.method !== 'POST') {
    // Rejects for a page that is not this browser's, or too old.
    await provider.interactionDetails(request, response);
    return end(response, 200, 'text/html; charset=utf-8', loginPage(persons));
  }
  const id = new URLSearchParams(await bodyOf(request)).get('person') ?? '';
  if (!persons.some((person) => person.id === id))
    return end(response, 401, 'text/html; charset=utf-8', loginPage(persons, id));
  await provider.interactionFinished(
    request,
    response,
    { login: { accountId: id } },
    { mergeWithLastSubmission: false },
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > 2000) throw new Error('a login form is never that long');
  }
  return body;
}

function end(response: ServerResponse, status: number, type: string, body: string): void {
  response
    .writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action *; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    })
    .end(body);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeIdleConnections();
  });
}
