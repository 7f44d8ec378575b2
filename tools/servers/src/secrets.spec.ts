import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionsTo } from './connections';
import { services } from './names';
import type { ServiceName } from './names';
import { usualPorts } from './ports';
import { loadSecrets } from './secrets';
import { serviceEnvironment } from './service-env';

describe('secrets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'garda-secrets-'));
  const secrets = loadSecrets(folder);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are made once, and only their owner may read them', () => {
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(loadSecrets(folder)).toEqual(secrets);
  });

  it('of an instance from before a program are kept, and the program has its own', () => {
    const { import: earlier, ...clients } = secrets.clients;
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ ...secrets, clients }));
    const loaded = loadSecrets(folder);
    expect(loaded).toMatchObject({ ...secrets, clients });
    expect(loaded.clients.import).toMatch(/^[0-9a-f]{48}$/);
    expect(loaded.clients.import).not.toBe(earlier);
    expect(loadSecrets(folder)).toEqual(loaded);
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify(secrets));
  });

  it('go only to the process they belong to', () => {
    const given = new Map(services.map((name) => [name, environmentOf(name)]));
    const owners = (secret: unknown): ServiceName[] =>
      services.filter((name) => Object.values(given.get(name) ?? {}).some((value) => value?.includes(String(secret))));
    expect(owners(secrets.masterKey)).toEqual(['intake']);
    expect(owners(secrets.codeKey)).toEqual(['intake']);
    expect(owners(secrets.numberKey)).toEqual(['intake']);
    expect(owners(secrets.gatewayKey.private['d'])).toEqual(['gateway']);
    expect(owners(secrets.gatewayKey.public['x'])).toEqual(['intake', 'routing', 'resolution', 'gateway']);
    expect(owners(secrets.clients.setup)).toEqual(['identity']);
    expect(owners(secrets.identityKeys.keys[0]?.['d'])).toEqual(['identity']);
    for (const service of ['intake', 'routing', 'resolution', 'gateway'] as const) {
      expect(owners(secrets.databases[service].owner)).toEqual([service]);
      expect(owners(secrets.databases[service].app)).toEqual([service]);
      expect(owners(secrets.kafka[service])).toEqual([service]);
      expect(owners(secrets.requestHashKeys[service])).toEqual([service]);
    }
    for (const nobodys of [
      secrets.databases.superuser,
      secrets.kafka.admin,
      secrets.kafka.broker,
      secrets.kafka.analyst,
    ]) {
      expect(owners(nobodys)).toEqual([]);
    }
  });

  function environmentOf(name: ServiceName): NodeJS.ProcessEnv {
    const ports = usualPorts(undefined);
    return serviceEnvironment(name, {
      folder,
      mode: 'test',
      ports,
      secrets,
      connections: connectionsTo({}, secrets, ports),
      catalogue: '/catalogue',
      jurisdiction: 'batang.go.id',
      zone: 'Asia/Jakarta',
      clockStart: undefined,
      logLevel: 'info',
    });
  }
});
